import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook, webhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let id: string;

beforeAll(async () => {
  tenant = await makeTenant({ bot: false });
});

beforeEach(async () => {
  await owner.query('delete from conversations');
  await receive(textWebhook(tenant.phoneNumberId, { wamid: newId(), text: 'first' }));
  id = (await owner.query('select id from conversations')).rows[0].id;
});

const inbox = (user = tenant.agent) => memberCaller(tenant, user).inbox;
const thread = (cursor: string | null = null) => inbox().thread({ tenant: tenant.slug, id, cursor });

/** Every page, put together from the oldest on. */
async function wholeThread() {
  let page = await thread();
  const pages = [page.items];
  while (page.before !== null) {
    page = await thread(page.before);
    pages.unshift(page.items);
  }
  return pages;
}

test('a member’s first message stands below the line that says they took over', async () => {
  await inbox().send({ tenant: tenant.slug, conversationId: id, id: newId(), text: 'Hi' });
  expect((await thread()).items.map(({ type }) => type)).toEqual(['message', 'event', 'message']);
});

test('pages of messages and events lose nothing, show nothing twice, and stay in order', async () => {
  const place = fc.record({ second: fc.nat(40), isEvent: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(place, { minLength: 80, maxLength: 350 }), async (places) => {
      await owner.query('delete from messages; delete from conversation_events');
      const times = (chosen: boolean) =>
        places
          .filter(({ isEvent }) => isEvent === chosen)
          .map(({ second }) => new Date(1_700_000_000_000 + second));
      await owner.query(
        `insert into messages (tenant_id, id, conversation_id, channel_id, at, direction, author, kind, body)
         select $1, gen_random_uuid(), $2, $3, at, 'inbound', 'lead', 'text', 'x' from unnest($4::timestamptz[]) at`,
        [tenant.id, id, tenant.channelId, times(false)],
      );
      await owner.query(
        `insert into conversation_events (tenant_id, id, conversation_id, at, kind)
         select $1, gen_random_uuid(), $2, at, 'closed' from unnest($3::timestamptz[]) at`,
        [tenant.id, id, times(true)],
      );
      const pages = await wholeThread();
      const seen = pages.flat().map((item) => `${item.at} ${item.id}`);
      expect(seen).toHaveLength(places.length);
      expect(seen).toEqual([...new Set(seen)].toSorted());
      expect(pages.slice(1).every(({ length }) => length === 100)).toBe(true);
    }),
    { numRuns: 8 },
  );
});

describe('the newest page reaches to what is not seen', () => {
  /** As many messages of the lead, one a second, with a reaction and a line of ours at the end. */
  async function fill(count: number) {
    await owner.query('delete from messages');
    await owner.query(
      `insert into messages (tenant_id, id, conversation_id, channel_id, at, direction, author, kind, body,
                             queued_at)
       select $1::uuid, gen_random_uuid(), $2::uuid, $3::uuid, to_timestamp(1700000000 + n), 'inbound', 'lead', 'text', n::text, null::timestamptz
       from generate_series(1, $4::int) n
       union all
       select $1::uuid, gen_random_uuid(), $2::uuid, $3::uuid, to_timestamp(1800000000), 'inbound', 'lead', 'reaction', '', null
       union all
       select $1::uuid, gen_random_uuid(), $2::uuid, $3::uuid, to_timestamp(1800000001), 'outbound', 'bot', 'text', 'ours', now()`,
      [tenant.id, id, tenant.channelId, count],
    );
    await owner.query('update conversations set inbound_count = $1', [count]);
  }
  const read = (count: number) => inbox().markRead({ tenant: tenant.slug, conversationId: id, count });
  const newest = async () => {
    const { items, before } = await thread();
    const [first] = items;
    return { first: first?.type === 'message' ? first.body : null, length: items.length, before };
  };

  test.each([
    ['all is seen', 300, 300, { first: '203', length: 100 }],
    ['a little is not', 300, 280, { first: '203', length: 100 }],
    // 170 unread ones, what we and the reaction said, and ten before.
    ['more than a page is not', 300, 130, { first: '121', length: 182 }],
    ['it is everything', 170, 0, { first: '1', length: 172, before: null }],
    ['it is too much', 1_300, 0, { first: '1203', length: 100 }],
  ])('when %s', async (_, count, seen, expected) => {
    await fill(count);
    await read(seen);
    expect(await newest()).toMatchObject(expected);
  });

  test('for each member what they have not seen, and older pages as ever', async () => {
    await fill(300);
    await read(300);
    expect((await inbox(tenant.owner).thread({ tenant: tenant.slug, id })).items).toHaveLength(302);
    const { before } = await newest();
    const older = await thread(before);
    expect(older.items).toHaveLength(100);
    expect(older.items.at(-1)).toMatchObject({ body: '202', passive: false });
    expect((await thread()).items.at(-2)).toMatchObject({ kind: 'reaction', passive: true });
  });
});

describe('what a bubble says', () => {
  const last = async () => (await thread()).items.at(-1);
  const post = (part: object) =>
    receive(
      webhook(tenant.phoneNumberId, {
        messages: [
          { from: '16505551234', id: newId(), timestamp: String(Math.floor(Date.now() / 1000)), ...part },
        ],
      }),
    );

  test.each([
    [{ type: 'text', text: { body: 'Hi' } }, 'Hi', null],
    [
      { type: 'image', image: { id: '1', caption: 'My roof' } },
      'Photo · My roof',
      expect.stringContaining('"caption"'),
    ],
    [{ type: 'sticker', sticker: { id: '1' } }, 'Sticker', expect.any(String)],
    [{ type: 'hologram' }, 'Message of kind “hologram”', expect.any(String)],
    [{ type: 'button', button: { payload: 'p', text: 'Yes' } }, 'Yes', null],
    [{ type: 'text', text: { body: '' } }, '', null],
  ])('for %j', async (part, body, raw) => {
    await post(part);
    expect(await last()).toMatchObject({ type: 'message', direction: 'inbound', body, raw });
  });

  test.each([
    [{ reason: 'refused', code: 131026, title: 'Undeliverable', details: 'x' }, /not on WhatsApp/],
    [{ reason: 'refused', code: 987654, title: 'Brand new', details: null }, /refused/],
    [{ reason: 'withdrawn', code: null, title: '', details: null }, /a person took over/],
    [{ code: null, title: '' }, /Not sent/],
    [{ code: 'odd', title: 7, details: {} }, /Not sent/],
  ])('a failure %j in words, with what to do', async (failure, title) => {
    await inbox().send({ tenant: tenant.slug, conversationId: id, id: newId(), text: 'Hi' });
    await owner.query("update messages set failed_at = now(), failure = $1 where direction = 'outbound'", [
      JSON.stringify(failure),
    ]);
    const item = (await thread()).items.find((one) => one.type === 'message' && one.direction === 'outbound');
    expect(item).toMatchObject({
      status: 'failed',
      failure: { title: expect.stringMatching(title), remedy: expect.stringMatching(/\.$/) },
    });
  });

  test('an unknown code keeps Meta’s own words', async () => {
    await inbox().send({ tenant: tenant.slug, conversationId: id, id: newId(), text: 'Hi' });
    await owner.query(
      `update messages set failed_at = now(), failure = '{"code":987654,"title":"Brand new"}' where direction = 'outbound'`,
    );
    const item = (await thread()).items.find((one) => one.type === 'message' && one.direction === 'outbound');
    expect(item).toMatchObject({ failure: { code: 987654, details: 'Brand new' } });
  });

  test('no bubble is sent and failed at once', async () => {
    await inbox().send({ tenant: tenant.slug, conversationId: id, id: newId(), text: 'Hi' });
    await owner.query(
      `update messages set failed_at = now(), delivered_at = now(), failure = '{"code":1}' where direction = 'outbound'`,
    );
    expect(await last()).toMatchObject({ status: 'delivered', failure: null });
  });

  test('a member’s own is theirs, a colleague’s is named, a former member’s stays', async () => {
    await inbox(tenant.owner).send({ tenant: tenant.slug, conversationId: id, id: newId(), text: 'Hi' });
    expect(await last()).toMatchObject({ author: { kind: 'member', name: 'Ines', you: false } });
    await owner.query("update messages set author_id = $1 where author = 'member'", [newId()]);
    expect(await last()).toMatchObject({ author: { name: 'A former member' } });
  });
});

describe('sending again', () => {
  const messageId = async () => {
    const made = newId();
    await inbox().send({ tenant: tenant.slug, conversationId: id, id: made, text: 'Hi' });
    return made;
  };
  const again = (of: string, as = newId()) =>
    inbox().sendAgain({ tenant: tenant.slug, messageId: of, id: as });
  const sent = async () =>
    (await owner.query("select status from messages where direction = 'outbound' order by at")).rows.map(
      ({ status }) => status,
    );

  test.each(['failed', 'unknown'])('what is %s makes a new message, once for each id', async (status) => {
    const first = await messageId();
    await owner.query(`update messages set ${status}_at = now() where id = $1`, [first]);
    const second = newId();
    await Promise.all([again(first, second), again(first, second)]);
    expect(await sent()).toEqual([status, 'queued']);
  });

  test('is seen in the thread: the first one names its copy, whose buttons are the same', async () => {
    const first = await messageId();
    const buttons = [{ id: 'yes', title: 'Yes' }];
    await owner.query("update messages set failed_at = now(), kind = 'buttons', content = $2 where id = $1", [
      first,
      { buttons },
    ]);
    expect((await thread()).items.at(-1)).toMatchObject({ id: first, sentAgainAs: null });
    const second = newId();
    await again(first, second);
    expect((await thread()).items.slice(-2)).toMatchObject([
      { id: first, sentAgainAs: second },
      { id: second, sentAgainAs: null, kind: 'buttons', body: 'Hi', buttons },
    ]);
    await expect(again(first)).rejects.toMatchObject({ cause: { reason: 'sent-again' } });
    // And once more, should that one fail too: each names its own.
    await owner.query('update messages set failed_at = now() where id = $1', [second]);
    const third = newId();
    await again(second, third);
    expect((await thread()).items.slice(-3)).toMatchObject([
      { sentAgainAs: second },
      { sentAgainAs: third },
      { id: third, buttons },
    ]);
  });

  test('what is on its way is refused', async () => {
    const first = await messageId();
    await expect(again(first)).rejects.toMatchObject({ code: 'CONFLICT', cause: { reason: 'on-its-way' } });
    await owner.query('update messages set failed_at = now(), delivered_at = now() where id = $1', [first]);
    await expect(again(first)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('what the lead wrote, or what is nowhere, is not found', async () => {
    const { rows } = await owner.query("select id from messages where direction = 'inbound'");
    await expect(again(rows[0].id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(again(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
