import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook, webhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';

const { owner } = testDatabase();
type Tab = 'mine' | 'unassigned' | 'all' | 'closed';
let tenant: TestTenant;

beforeEach(async () => {
  tenant = await makeTenant({ bot: false });
});

const caller = (user = tenant.agent) => memberCaller(tenant, user);
const list = (part: { tab?: Tab; search?: string; cursor?: string | null } = {}, user = tenant.agent) =>
  caller(user).inbox.list({ tenant: tenant.slug, tab: 'all', ...part });
const counts = (user = tenant.agent) => caller(user).inbox.counts({ tenant: tenant.slug });
const ask = (conversationId: string) => ({ tenant: tenant.slug, conversationId });

async function write(from: string, part: { name?: string; text?: string; at?: number } = {}) {
  expect(await receive(textWebhook(tenant.phoneNumberId, { from, wamid: newId(), ...part }))).toEqual({
    status: 200,
  });
  const { rows } = await owner.query(
    'select c.id from conversations c join addresses a on a.lead_id = c.lead_id where c.tenant_id = $1 and a.raw = $2',
    [tenant.id, from],
  );
  return rows[0].id as string;
}

/** Many people write, each a second after the other. */
async function crowd(size: number) {
  const start = Math.floor(Date.now() / 1000) - size;
  const people = Array.from({ length: size }, (_, index) => String(4_915_000_000_000 + index));
  const messages = people.map((from, index) => ({
    ...{ from, id: newId(), timestamp: String(start + index), type: 'text', text: { body: 'Hi' } },
  }));
  await receive(webhook(tenant.phoneNumberId, { messages }));
  return people;
}

describe('pages', () => {
  async function pages(between: () => Promise<unknown> = async () => undefined) {
    const seen: string[][] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page = await list({ cursor });
      seen.push(page.rows.map(({ id }) => id));
      cursor = page.next;
      await between();
    }
    return seen;
  }

  test('hold fifty each, newest first, every conversation once', async () => {
    await crowd(130);
    const seen = await pages();
    expect(seen.map(({ length }) => length)).toEqual([50, 50, 30]);
    const { rows } = await owner.query(
      'select id from conversations where tenant_id = $1 order by last_at desc',
      [tenant.id],
    );
    expect(seen.flat()).toEqual(rows.map(({ id }) => id));
  });

  test('lose nothing and show nothing twice of what stays, while others move up', async () => {
    const people = await crowd(130);
    const moving = people.filter((_, index) => index % 13 === 0);
    const moved = new Set<string>();
    const seen = await pages(async () => {
      for (const from of moving.splice(0, 4)) moved.add(await write(from));
      await write(newId().replace(/\D/g, '').slice(0, 12).padEnd(12, '7'));
    });
    const stayed = seen.flat().filter((id) => !moved.has(id));
    expect(stayed).toHaveLength(130 - moved.size);
    expect(new Set(seen.flat()).size).toBe(seen.flat().length);
  });

  test('go on after conversations of the same instant', async () => {
    await crowd(60);
    await owner.query("update conversations set last_at = date_trunc('second', now()) where tenant_id = $1", [
      tenant.id,
    ]);
    expect(new Set((await pages()).flat()).size).toBe(60);
  });

  test('from a cursor that is none begin anew', async () => {
    await write('16505551234');
    expect((await list({ cursor: 'nonsense' })).rows).toHaveLength(1);
  });
});

test('each tab shows its own, and the counts agree', async () => {
  const [bot, nobody, taken, theirs, closed] = [
    await write('16505550001'),
    await write('16505550002'),
    await write('16505550003'),
    await write('16505550004'),
    await write('16505550005'),
  ];
  await owner.query("update conversations set holder = 'bot' where id = $1", [bot]);
  await caller().inbox.takeOver(ask(taken));
  await caller(tenant.owner).inbox.takeOver(ask(theirs));
  await caller().inbox.close(ask(closed));
  const shown = async (tab: Tab, user = tenant.agent) =>
    (await list({ tab }, user)).rows.map(({ id }) => id).toSorted();
  expect(await shown('mine')).toEqual([taken]);
  expect(await shown('mine', tenant.owner)).toEqual([theirs]);
  expect(await shown('unassigned')).toEqual([nobody]);
  expect(await shown('all')).toEqual([bot, nobody, taken, theirs].toSorted());
  expect(await shown('closed')).toEqual([closed]);
  expect(await counts()).toEqual({ mine: 1, unassigned: 1, all: 4, unread: 4 });
});

test('a row says who it is, what was said last, who holds it and what is unread', async () => {
  const id = await write('16505551234', { name: 'Alex', text: 'Hello there' });
  await caller(tenant.owner).inbox.takeOver(ask(id));
  const [row] = (await list()).rows;
  expect(row).toMatchObject({
    ...{ id, name: 'Alex', phone: '16505551234', unread: 1, open: true },
    preview: { kind: 'text', text: 'Hello there', direction: 'inbound' },
    holder: { kind: 'member', name: 'Ines', you: false },
  });
});

describe('the channel of a row', () => {
  const channels = async () => (await list()).rows.map(({ channel }) => channel);
  async function addChannel(name: string) {
    await owner.query(
      `insert into channels (tenant_id, id, key, phone_number_id, waba_id, display_phone_number, name, portfolio_id, access_token)
       select tenant_id, gen_random_uuid(), key || '-2', phone_number_id || '2', waba_id, '15550000002', $2, portfolio_id, access_token
       from channels where tenant_id = $1`,
      [tenant.id, name],
    );
    const message = { from: '16505551234', wamid: newId() };
    await receive(textWebhook(`${tenant.phoneNumberId}2`, message));
  }

  test('is not said where there is only one', async () => {
    await write('16505551234');
    expect(await channels()).toEqual([null]);
  });

  test('is its name', async () => {
    await write('16505551234', { at: 1_700_000_000 });
    await addChannel('Second line');
    expect(await channels()).toEqual(['Second line', 'Main line']);
  });

  test('is its number where the names are the same', async () => {
    await write('16505551234', { at: 1_700_000_000 });
    await addChannel('Main line');
    expect(await channels()).toEqual(['15550000002', '15550000000']);
  });
});

test.each([
  ['an imported name first', "update leads set name = 'Mr Lind'", 'Mr Lind'],
  ['else the profile’s', 'select', 'Alex'],
  ['else the number', 'update leads set profile_name = null', '+16505551234'],
  [
    'else the user name',
    'update leads set profile_name = null, username = $$alex.l$$; delete from addresses',
    '@alex.l',
  ],
])('who it is: %s', async (_, sql, name) => {
  await write('16505551234', { name: 'Alex' });
  await owner.query(sql);
  expect((await list()).rows[0]?.name).toBe(name);
});

describe('a search', () => {
  const find = async (search: string) => (await list({ search })).rows.map(({ name }) => name).toSorted();

  beforeEach(async () => {
    await write('551187654321', { name: 'Ana Ângela' });
    await write('5215512345678', { name: '100% _real_' });
    await write('16505551234', { name: 'Back\\slash' });
    const closed = await write('393331234567', { name: 'Òscar' });
    await caller().inbox.close(ask(closed));
    await owner.query(
      "update leads set username = 'bao.nguyen' where profile_name = 'Back\\slash' and tenant_id = $1",
      [tenant.id],
    );
  });

  test.each([
    ['a part of a name', 'an', ['Ana Ângela']],
    ['in capitals', 'ANA', ['Ana Ângela']],
    ['with accents', 'ângela', ['Ana Ângela']],
    ['with accents in capitals', 'ÂNGELA', ['Ana Ângela']],
    ['a closed one', 'òscar', ['Òscar']],
    ['a number as people write it', '+55 11 98765-4321', ['Ana Ângela']],
    ['a number as WhatsApp writes it', '551187654321', ['Ana Ângela']],
    ['a part of that', '1187654', ['Ana Ângela']],
    ['a part that only people write', '987654', ['Ana Ângela']],
    ['a Mexican number with the 1', '+52 1 55 1234 5678', ['100% _real_']],
    ['a Mexican number without it', '+52 55 1234 5678', ['100% _real_']],
    ['digits of both', '1234', ['100% _real_', 'Back\\slash', 'Òscar']],
    ['a number with zeros in front', '0039333', ['Òscar']],
    ['a user name', 'bao.n', ['Back\\slash']],
    ['a user name with its sign', '@bao.nguyen', ['Back\\slash']],
    ['a per cent sign', '%', ['100% _real_']],
    ['a line below', '_', ['100% _real_']],
    ['a backslash', '\\', ['Back\\slash']],
    ['quotes', "' or 1=1 --", []],
    ['without the accents', 'angela', ['Ana Ângela']],
    ['with an accent that nobody wrote', 'Óscár', ['Òscar']],
    ['words in any order', 'angela ana', ['Ana Ângela']],
    ['words of which one is not there', 'angela ina', []],
    ['what nobody is called', 'zzz', []],
    ['nobody by a whole letter', 'angela '.repeat(80), []],
  ])('finds %s', async (_, search, names) => {
    expect(await find(search)).toEqual(names);
  });

  test.each([
    ['Ümläut', 'umlaut'],
    ['umlaut', 'Ümläut'],
    ['Lucía Fernández', 'FERNANDEZ lucia'],
    ['Nguyễn Thị Ánh', 'nguyen thi anh'],
    ['Łukasz Østergård', 'lukasz ostergard'],
    ['Groß', 'gross'],
    ['Æthelred', 'aethelred'],
    ['İstanbul Işık', 'istanbul isik'],
    ['Δημήτρης', 'δημητρης'],
    ['ДМИТРИЙ Ёжиков', 'дмитрий ежиков'],
    ['أحمد', 'احمد'],
    ['שָׁלוֹם', 'שלום'],
    ['𝓐𝓷𝓷𝓪 ♥️', 'anna'],
    ['Ｍａｒｉａ', 'maria'],
    ['अनीता शर्मा', 'अनीता'],
    ['陳大文', '大文'],
    ['한지민', '지민'],
    ['👩‍👩‍👧 Family', '👩‍👩‍👧'],
  ])('finds %s by %s', async (name, search) => {
    await write('12025550100', { name });
    expect(await find(search)).toEqual([name]);
  });

  test('shows the newest of many, page by page, each once', async () => {
    const people = await crowd(620);
    // The one who wrote first writes once more, and is the newest of all.
    await write(people[0] ?? '');
    const { rows } = await owner.query(
      'select c.id from conversations c join addresses a on a.lead_id = c.lead_id where c.tenant_id = $1 and a.raw = any($2) order by last_at desc, id desc',
      [tenant.id, people],
    );
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ search: '4915', cursor });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).toEqual(rows.map(({ id }) => id));
  });

  test('for NUL is refused, not failed', async () => {
    await expect(list({ search: 'a\0b' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('finds nobody by the digits of a user id', async () => {
    await owner.query(
      "update addresses set kind = 'bsuid', value = 'US.777888999', raw = value where tenant_id = $1 and value = '16505551234'",
      [tenant.id],
    );
    expect(await find('777888')).toEqual([]);
  });
});

test('counts stop at a hundred', async () => {
  await crowd(130);
  expect(await counts()).toEqual({ mine: 0, unassigned: 100, all: 100, unread: 100 });
});
