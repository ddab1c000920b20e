import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import pg from 'pg';
import { ports } from '#e2e/product.ts';
import { escapedJson, sign } from '#load/meta/signed-json.ts';
import { platformApp, world } from '#load/meta/world.ts';
import { type OwnProduct, startOwnProduct } from './own-product.ts';

const conversations = 500;
const texts = ['Hello', 'What are your opening hours?'];
const acme = world.numbers[0];

test('web, worker and database are killed in the middle of 500 conversations, and nothing is lost, doubled or sent twice', async () => {
  test.setTimeout(300_000);
  const product = await startOwnProduct('e2e-kill', ports.killed);
  try {
    // All of them write to one number, faster than Meta lets one number answer; what Meta puts off it tries again soon.
    await fetch(`${product.meta}/_sim/behaviour`, {
      method: 'POST',
      body: JSON.stringify({ numberLimit: false, retryCapMs: 1_000 }),
    });
    const acknowledged = new Set<string>();
    const inFlight: number[] = [];
    const writing = Promise.all(
      Array.from({ length: conversations }, (_, index) => converse(product, index, acknowledged)),
    );
    for (const victim of ['worker', 'web', 'postgres', 'worker'] as const) {
      const goal = acknowledged.size + 100;
      while (acknowledged.size < Math.min(goal, conversations * texts.length - 20)) await sleep(10);
      if (victim === 'postgres') inFlight.push(await claimed(product));
      product.kill(victim);
      if (victim === 'worker') inFlight.push(await claimed(product));
    }
    await writing;
    expect(acknowledged.size).toBe(conversations * texts.length);
    await settled(product);
    await checkInvariants(
      product,
      acknowledged,
      inFlight.reduce((sum, count) => sum + count, 0),
    );
  } finally {
    await product.stop();
  }
});

/** One person writes twice, and each webhook is repeated until it is answered 200, as Meta does. */
async function converse(product: OwnProduct, index: number, acknowledged: Set<string>) {
  // Not all at once: some are in the middle of it whenever somebody dies.
  await sleep(index * 12);
  const from = `1650600${String(index).padStart(4, '0')}`;
  for (const [turn, text] of texts.entries()) {
    const wamid = `wamid.kill-${index}-${turn}`;
    const body = escapedJson(webhook(from, wamid, text));
    while (!(await post(`${product.web}/api/webhooks/whatsapp`, body))) await sleep(50 + Math.random() * 100);
    acknowledged.add(wamid);
    await sleep(50);
  }
}

async function post(url: string, body: string) {
  const headers = {
    'content-type': 'application/json',
    'x-hub-signature-256': sign(platformApp.secret, body),
  };
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
  return answer?.status === 200;
}

function webhook(from: string, wamid: string, text: string) {
  const metadata = { display_phone_number: acme?.displayPhoneNumber, phone_number_id: acme?.phoneNumberId };
  const message = {
    from,
    id: wamid,
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: 'text',
    text: { body: text },
  };
  const value = {
    messaging_product: 'whatsapp',
    metadata,
    contacts: [{ profile: { name: `Person ${from}` }, wa_id: from }],
    messages: [message],
  };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: acme?.wabaId, changes: [{ field: 'messages', value }] }],
  };
}

/** Attempts of which nobody has heard the end: what a kill at this moment can leave unknown. */
async function claimed(product: OwnProduct): Promise<number> {
  const [row] = await ask<{ count: number }>(
    product,
    'select count(*)::int from outbox where claimed_at is not null',
  );
  return row?.count ?? 0;
}

/** Until every turn is decided, nothing waits to leave, and the last statuses have come. */
async function settled(product: OwnProduct) {
  await expect
    .poll(
      () =>
        ask(
          product,
          `select (select count(*)::int from turns where decided_at is null) as turns,
                  (select count(*)::int from outbox where not unknown) as leaving,
                  (select count(*)::int from messages where status in ('queued', 'accepted', 'sent')) as climbing`,
        ),
      { timeout: 150_000, intervals: [1_000] },
    )
    .toEqual([{ turns: 0, leaving: 0, climbing: 0 }]);
}

async function checkInvariants(product: OwnProduct, acknowledged: Set<string>, inFlight: number) {
  const inbound = await ask<{ wamid: string }>(
    product,
    `select wamid from messages where direction = 'inbound'`,
  );
  expect(inbound.length, 'every acknowledged message is stored once').toBe(acknowledged.size);
  expect(new Set(inbound.map(({ wamid }) => wamid))).toEqual(acknowledged);

  const [turns] = await ask(
    product,
    `select count(*)::int as turns, count(distinct message_id)::int as messages,
            (select count(*)::int from conversations) as conversations from turns where decided_at is not null`,
  );
  expect(turns, 'one turn for each').toEqual({
    turns: acknowledged.size,
    messages: acknowledged.size,
    conversations,
  });

  const { messages: sends } = await (await fetch(`${product.meta}/_sim/messages`)).json();
  const taken = new Map<string, number>();
  for (const { request, accepted } of sends)
    if (accepted)
      taken.set(request.biz_opaque_callback_data, (taken.get(request.biz_opaque_callback_data) ?? 0) + 1);
  expect(
    [...taken].filter(([, times]) => times > 1),
    'nothing is at Meta twice',
  ).toEqual([]);

  const outbound = await ask<{ id: string; status: string }>(
    product,
    `select id, status from messages where direction = 'outbound'`,
  );
  const missing = outbound.filter(({ id }) => !taken.has(id));
  expect(
    [...new Set(missing.map(({ status }) => status))].filter((status) => status !== 'unknown'),
    'what Meta never got is unknown',
  ).toEqual([]);
  expect(missing.length, 'no more unknown than were in flight').toBeLessThanOrEqual(inFlight);
  expect(taken.size + missing.length, 'Meta has nothing that the ledger lacks').toBe(outbound.length);
  console.log(
    `${acknowledged.size} in, ${taken.size} out, ${missing.length} unknown of ${inFlight} in flight`,
  );
}

/** Asks the database; it may be away for a moment. */
async function ask<Row extends object>(product: OwnProduct, query: string): Promise<Row[]> {
  for (;;) {
    const client = new pg.Client({ connectionString: product.database });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query(query)).rows;
    } catch {
      await sleep(100);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
