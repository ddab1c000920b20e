import pg from 'pg';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { disconnect } from '#server/db/client.ts';
import { newId } from '#server/db/id.ts';
import { applicationUrl } from '#server/db/login.ts';
import { testDatabase } from '#server/testing/database.ts';
import {
  makeTenant,
  sign,
  statusWebhook,
  type TestTenant,
  textWebhook,
  webhook,
} from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';
import { testSettings } from '#server/testing/settings.ts';

const { owner, url } = testDatabase();
let tenant: TestTenant;

beforeEach(async () => {
  await owner.query('delete from quarantine');
  tenant = await makeTenant({ bot: false });
});

const one = async (sql: string) => (await owner.query(sql, [tenant.id])).rows[0];
const counts = () =>
  one(`select (select count(*)::int from messages where tenant_id = $1) as messages,
              (select count(*)::int from leads where tenant_id = $1) as leads,
              (select count(*)::int from conversations where tenant_id = $1) as conversations,
              (select coalesce(sum(inbound_count), 0)::int from conversations where tenant_id = $1) as counted`);
const conversation = () => one('select * from conversations where tenant_id = $1');
const quarantine = async () =>
  (await owner.query("select reason, details, convert_from(payload, 'utf8') as payload from quarantine"))
    .rows;

const text = (id: string, part: object = {}) => ({
  ...{ from: '16505551234', id, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text' },
  text: { body: id },
  ...part,
});
const post = (part: object | object[]) => receive(webhook(tenant.phoneNumberId, { messages: [part].flat() }));
const ok = { status: 200 };

describe('a message counts once', () => {
  test('twice in one payload', async () => {
    expect(await post([text('a'), text('a'), text('b')])).toEqual(ok);
    expect(await counts()).toEqual({ messages: 2, leads: 1, conversations: 1, counted: 2 });
  });

  test('in several payloads, one after the other', async () => {
    for (let time = 0; time < 3; time += 1) expect(await post([text('a'), text('b')])).toEqual(ok);
    expect(await counts()).toEqual({ messages: 2, leads: 1, conversations: 1, counted: 2 });
  });

  test('fifty messages of a new number, each sent up to seven times, to two processes at once', async () => {
    vi.resetModules();
    const second = {
      ...(await import('#server/ingest/receive-webhook.ts')),
      ...(await import('#server/db/client.ts')),
      ...(await import('#server/jobs/boss.ts')),
    };
    const ids = Array.from({ length: 50 }, (_, index) => `many.${index}`);
    const copies = Array.from({ length: 7 }, (_, round) =>
      ids.filter((_id, index) => index % 7 >= round),
    ).flat();
    const answers = await Promise.all(
      copies.map((id, index) => {
        const body = webhook(tenant.phoneNumberId, { messages: [text(id)] });
        return index % 2 === 0 ? receive(body) : second.receiveWebhook(Buffer.from(body), sign(body), null);
      }),
    );
    await second.stopBoss();
    await second.disconnect();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await counts()).toEqual({ messages: 50, leads: 1, conversations: 1, counted: 50 });
  });

  test('but two with the same words in the same second are two', async () => {
    await post([text('a', { text: { body: 'ok' } }), text('b', { text: { body: 'ok' } })]);
    expect((await counts()).messages).toBe(2);
  });

  test('the same id on another channel is another message', async () => {
    const other = await makeTenant({ bot: false });
    await Promise.all([post(text('same')), receive(textWebhook(other.phoneNumberId, { wamid: 'same' }))]);
    expect((await owner.query("select from messages where wamid = 'same'")).rowCount).toBe(2);
  });
});

describe('a large payload', () => {
  test('of a thousand messages is one commit', async () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      text(`bulk.${index}`, { from: `1650555${1000 + (index % 40)}` }),
    );
    expect(await post(many)).toEqual(ok);
    expect(await counts()).toEqual({ messages: 1000, leads: 40, conversations: 40, counted: 1000 });
  });

  test('of a hundred thousand empty messages becomes a thousand rows in quarantine, and one with the rest', async () => {
    expect(await post(Array.from({ length: 100_000 }, () => ({})))).toEqual(ok);
    const { rows } = await owner.query(
      'select reason, count(*)::int as count from quarantine group by 1 order by 1',
    );
    expect(rows).toEqual([
      { reason: 'too-many', count: 1 },
      { reason: 'unreadable', count: 1000 },
    ]);
  });
});

describe('what PostgreSQL refuses', () => {
  // Nothing that Meta may send is known to be refused, so one sort of text is.
  beforeEach(async () => {
    await owner.query(`
      create or replace function poison() returns trigger language plpgsql as $$ begin
        if new.body = 'poison' then raise exception 'poison' using errcode = '22P05'; end if;
        if new.body = 'full' then raise exception 'disk full' using errcode = '53100'; end if; return new; end $$;
      create or replace trigger poison before insert on messages for each row execute function poison()`);
  });

  test('costs only itself, among a hundred that share the commit', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        post(text(`p.${index}`, index === 41 ? { text: { body: 'poison' } } : {})),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await counts()).messages).toBe(99);
    expect(await quarantine()).toEqual([
      {
        reason: 'refused',
        details: 'PostgreSQL refused it (22P05)',
        payload: expect.stringContaining('"wamid":"p.41"'),
      },
    ]);
  });

  test('for no fault of the row’s is answered 503, and nothing goes to quarantine: Meta sends it again', async () => {
    expect(await post([text('f.1'), text('f.2', { text: { body: 'full' } })])).toEqual({ status: 503 });
    expect((await counts()).messages).toBe(0);
    expect(await quarantine()).toEqual([]);
  });

  test('costs only itself within one payload, and comes into quarantine with its words', async () => {
    expect(await post([text('x.1'), text('x.2', { text: { body: 'poison' } }), text('x.3')])).toEqual(ok);
    expect((await counts()).messages).toBe(2);
    expect(await quarantine()).toHaveLength(1);
  });

  test.each([
    ['NUL and halves of pairs, everywhere', { text: { body: 'a\0b\ud800' } }, 'a\uFFFDb\uFFFD'],
    ['a message of a megabyte', { text: { body: 'x'.repeat(1_000_000) } }, 'x'.repeat(1_000_000)],
  ])('is not %s', async (_, part, body) => {
    expect(await post(text('fine', part))).toEqual(ok);
    expect(await one('select body from messages where tenant_id = $1')).toEqual({ body });
  });

  test.each([
    ['a type as long as a book', { type: 't'.repeat(500_000) }],
    ['names of fields with NUL', { type: 'order', order: { 'a\0': '\ud800' } }],
    ['fifty levels', { type: 'order', order: JSON.parse(`${'['.repeat(45)}${']'.repeat(45)}`) }],
    ['numbers that no one counts to', { type: 'order', order: { big: 1e308, small: 5e-324 } }],
    ['a reply to an endless id', { context: { id: 'q'.repeat(100_000) } }],
  ])('is not %s', async (_, part) => {
    expect(await post(text('fine', part))).toEqual(ok);
    expect((await counts()).messages).toBe(1);
    expect(await quarantine()).toEqual([]);
  });

  test('is no name, however long or odd', async () => {
    for (const name of ['n'.repeat(300_000), '\0', '%_\\', '👩‍👩‍👧'.repeat(100)])
      expect(await receive(textWebhook(tenant.phoneNumberId, { wamid: newId(), name }))).toEqual(ok);
    expect(await quarantine()).toEqual([]);
  });

  test('is no id of the longest kind that is taken', async () => {
    expect(await post(text('漢'.repeat(800)))).toEqual(ok);
    expect(
      await receive(statusWebhook(tenant.phoneNumberId, [{ id: '字'.repeat(800), status: 'sent' }])),
    ).toEqual(ok);
    expect(await quarantine()).toEqual([]);
  });
});

describe('an outage', () => {
  const login = new URL(applicationUrl(url, testSettings.ENCRYPTION_KEY)).username;

  test('answers 503, fills no quarantine, and is over when the database is back', async () => {
    await post(text('before'));
    await owner.query(`alter role ${login} nologin`);
    try {
      await owner.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [login]);
      const answers = await Promise.all([post(text('meanwhile.1')), post(text('meanwhile.2')), post({})]);
      expect(answers).toEqual([{ status: 503 }, { status: 503 }, { status: 503 }]);
    } finally {
      await owner.query(`alter role ${login} login`);
    }
    expect(await quarantine()).toEqual([]);
    await vi.waitFor(async () => expect(await post(text('meanwhile.1'))).toEqual(ok), { timeout: 10_000 });
    expect((await counts()).messages).toBe(2);
  });

  test('that cuts connections under way loses nothing that was promised', async () => {
    const sending = Promise.all(Array.from({ length: 60 }, (_, index) => post(text(`cut.${index}`))));
    for (let time = 0; time < 3; time += 1)
      await owner.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = $1 and application_name = 'parley'",
        [login],
      );
    const promised = (await sending).filter(({ status }) => status === 200).length;
    expect((await counts()).messages).toBeGreaterThanOrEqual(promised);
    expect(await quarantine()).toEqual([]);
  });

  test('in which nothing can be written fills the queue, which then says 503 at once', async () => {
    await post(text('before'));
    const locker = new pg.Client({ connectionString: url });
    await locker.connect();
    await locker.query('begin; lock table messages in exclusive mode');
    const many = (start: number) => Array.from({ length: 1000 }, (_, index) => text(`full.${start + index}`));
    const sent = Array.from({ length: 16 }, (_, index) => post(many(index * 1000)));
    const refused = await Promise.race(sent.slice(12).map((answer) => answer));
    expect(refused).toEqual({ status: 503 });
    await locker.query('rollback');
    await locker.end();
    const answers = await Promise.all(sent);
    const taken = answers.filter(({ status }) => status === 200).length;
    expect(taken).toBeGreaterThanOrEqual(4);
    expect((await counts()).messages).toBe(1 + taken * 1000);
  });
});

describe('time', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const at = (id: string, timestamp: unknown) => text(id, { timestamp });

  test('the window is counted from Meta’s stamp', async () => {
    const stamp = now() - 3600;
    await post(at('a', String(stamp)));
    expect((await conversation()).window_closes_at).toEqual(new Date((stamp + 24 * 3600) * 1000));
  });

  test('a late older message changes neither the window nor the preview, but counts', async () => {
    await post(at('new', String(now())));
    const before = await conversation();
    await post(at('old', String(now() - 7200)));
    expect(await conversation()).toEqual({ ...before, inbound_count: 2 });
  });

  test.each([
    ['a stamp from the future', String(Math.floor(Date.now() / 1000) + 86_400)],
    ['a stamp from the last century', '1'],
    ['nonsense', 'soon'],
    ['nothing', undefined],
  ])('%s: the arrival counts', async (_, stamp) => {
    const before = Date.now();
    await post(at('a', stamp));
    const { window_closes_at: closes, last_at: last } = await conversation();
    expect(last.getTime()).toBeGreaterThanOrEqual(before);
    expect(closes.getTime()).toBeLessThanOrEqual(Date.now() + 24 * 3600 * 1000);
  });

  test('the thread is in Meta’s order, whatever the order of arrival', async () => {
    const stamps = [5, 1, 4, 2, 3];
    const start = now() - 100;
    for (const stamp of stamps) await post(at(`t.${stamp}`, String(start + stamp)));
    await post([at('t.7', String(start + 50)), at('t.6', String(start + 40))]);
    const { id } = await conversation();
    const thread = await memberCaller(tenant).inbox.thread({ tenant: tenant.slug, id });
    expect(thread.items.map((item) => item.type === 'message' && item.body)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((place) => `t.${place}`),
    );
    expect((await conversation()).last_message_id).toBe(thread.items.at(-1)?.id);
  });

  test('messages of one second keep the order in which one payload brought them', async () => {
    const stamp = String(now() - 100);
    await post(['c', 'a', 'd', 'b'].map((id) => at(id, stamp)));
    const { rows } = await owner.query('select wamid from messages where tenant_id = $1 order by at, id', [
      tenant.id,
    ]);
    expect(rows.map(({ wamid }) => wamid)).toEqual(['c', 'a', 'd', 'b']);
  });
});

describe('what only says something about another message', () => {
  test.each(['reaction', 'edit', 'revoke', 'system', 'request_welcome'])(
    'a %s opens nothing and counts nothing',
    async (type) => {
      await post(text('a'));
      const { id } = await conversation();
      await memberCaller(tenant).inbox.close({ tenant: tenant.slug, conversationId: id });
      const before = await conversation();
      await post(text('b', { type, [type]: {} }));
      const { open, inbound_count, window_closes_at } = await conversation();
      expect({ open, inbound_count, window_closes_at }).toEqual({
        ...{ open: false, inbound_count: 1, window_closes_at: before.window_closes_at },
      });
    },
  );
});

test('a closed conversation is opened by the lead’s next message', async () => {
  await post(text('a'));
  const { id } = await conversation();
  await memberCaller(tenant).inbox.close({ tenant: tenant.slug, conversationId: id });
  await post(text('b'));
  expect(await conversation()).toMatchObject({ id, open: true, inbound_count: 2 });
});

test('connections that were closed are opened again', async () => {
  await disconnect();
  expect(await post(text('a'))).toEqual(ok);
});
