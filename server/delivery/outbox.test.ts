import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, statusWebhook, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';
import { type Claim, claimMessage } from './claim-message.ts';
import { sendMessage } from './send-message.ts';
import { settleAttempt } from './settle-attempt.ts';
import { sweepOutbox } from './sweep-outbox.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let conversationId: string;

beforeEach(async () => {
  tenant = await makeTenant({ bot: false });
  await receive(textWebhook(tenant.phoneNumberId, { wamid: newId() }));
  const { rows } = await owner.query('select id from conversations where tenant_id = $1', [tenant.id]);
  conversationId = rows[0].id;
});

const job = () => ({ tenantId: tenant.id, conversationId });

function send(text: string) {
  const id = newId();
  return withTenant(tenant.id, (tx) =>
    sendMessage(tx, { conversationId, id, text, author: tenant.agent.id }),
  );
}

async function claim(): Promise<Claim> {
  const claimed = await claimMessage(job());
  if (!claimed) throw new Error('nothing could be claimed');
  return claimed;
}

const retryNow = { kind: 'retry', afterSeconds: 0 } as const;
const trouble = { code: 131000, title: 'Something went wrong', details: null };

const news = ({ messageId }: Claim, status: string) =>
  receive(
    statusWebhook(tenant.phoneNumberId, [
      { id: `wamid.${messageId}`, status, timestamp: '1', biz_opaque_callback_data: messageId },
    ]),
  );

const waitingJobs = async () =>
  (
    await owner.query(
      "select from pgboss.job where name = 'deliver' and state = 'created' and data ->> 'conversationId' = $1",
      [conversationId],
    )
  ).rowCount;

const statuses = async () =>
  (
    await owner.query(
      "select status from messages where conversation_id = $1 and direction = 'outbound' order by at",
      [conversationId],
    )
  ).rows.map(({ status }) => status);

describe('an attempt', () => {
  test('whose end is told twice does not free the attempt after it', async () => {
    await send('Hi');
    const first = { claim: await claim(), verdict: retryNow, failure: trouble };
    await settleAttempt(first);
    expect((await claim()).attempt).toBe(2);
    await settleAttempt(first);
    expect(await claimMessage(job())).toBeNull();
    expect(await statuses()).toEqual(['queued']);
  });

  test.each(['before', 'after'])(
    'that was refused is not repeated when news of its message came %s',
    async (when) => {
      await send('Hi');
      const claimed = await claim();
      if (when === 'before') await news(claimed, 'delivered');
      await settleAttempt({ claim: claimed, verdict: retryNow, failure: trouble });
      if (when === 'after') await news(claimed, 'delivered');
      expect(await claimMessage(job())).toBeNull();
      expect(await statuses()).toEqual(['delivered']);
    },
  );

  test('that was given up, sent again by hand, and then turns out to be refused is not sent once more', async () => {
    await send('Price: 10');
    const frozen = await claim();
    await sweepOutbox(45_000);
    await memberCaller(tenant).inbox.sendAgain({
      tenant: tenant.slug,
      messageId: frozen.messageId,
      id: newId(),
    });
    await settleAttempt({ claim: frozen, verdict: retryNow, failure: trouble });
    expect(await statuses()).toEqual(['failed', 'queued']);
    expect((await claim()).messageId).not.toBe(frozen.messageId);
  });

  test('that was given up and turns out to be accepted says so', async () => {
    await send('Hi');
    const frozen = await claim();
    await sweepOutbox(45_000);
    expect(await statuses()).toEqual(['unknown']);
    await settleAttempt({ claim: frozen, verdict: { kind: 'accepted', wamid: newId() }, failure: null });
    expect(await statuses()).toEqual(['accepted']);
  });
});

describe('a message', () => {
  test('that is queued while its conversation’s job is being done has a job or is seen by it', async () => {
    await send('one');
    await withTenant(tenant.id, async (tx) => {
      const id = newId();
      await sendMessage(tx, { conversationId, id, text: 'two', author: tenant.agent.id });
      // The job that was found enough is taken up now, and waits for this transaction before it looks.
      await owner.query("update pgboss.job set state = 'completed' where data ->> 'conversationId' = $1", [
        conversationId,
      ]);
    });
    const first = await claim();
    await settleAttempt({ claim: first, verdict: { kind: 'accepted', wamid: newId() }, failure: null });
    expect((await claim()).body).toBe('two');
  });

  test('behind one that another process has under way is looked for once more, whatever that process does', async () => {
    await send('first');
    await claim();
    await owner.query("delete from pgboss.job where data ->> 'conversationId' = $1", [conversationId]);
    expect(await claimMessage(job())).toBeNull();
    expect(await waitingJobs()).toBe(0);
    await send('next');
    await owner.query("delete from pgboss.job where data ->> 'conversationId' = $1", [conversationId]);
    expect(await claimMessage(job())).toBeNull();
    expect(await waitingJobs()).toBe(1);
  });

  test('tells whether another one waits behind it', async () => {
    await send('first');
    await send('next');
    const accepted = (claimed: Claim) => ({
      ...{ claim: claimed, verdict: { kind: 'accepted' as const, wamid: newId() }, failure: null },
    });
    expect(await settleAttempt(accepted(await claim()))).toEqual({ more: true });
    expect(await settleAttempt(accepted(await claim()))).toEqual({ more: false });
  });

  test('behind an unknown one leaves as soon as news settles that one', async () => {
    await send('first');
    const claimed = await claim();
    await settleAttempt({ claim: claimed, verdict: { kind: 'unknown' }, failure: null });
    await send('next');
    expect(await claimMessage(job())).toBeNull();
    await owner.query("delete from pgboss.job where data ->> 'conversationId' = $1", [conversationId]);
    await news(claimed, 'delivered');
    expect(await waitingJobs()).toBe(1);
    expect((await claim()).body).toBe('next');
  });

  test('leaves although the clock of the process that queued it is ahead', async () => {
    const id = newId();
    const ahead = new Date(Date.now() + 60_000);
    await withTenant(tenant.id, (tx) =>
      sendMessage(tx, { conversationId, id, text: 'Hi', author: tenant.agent.id }, ahead),
    );
    expect((await claim()).messageId).toBe(id);
  });
});
