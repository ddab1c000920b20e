import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { memberCaller, testFrom } from '#server/testing/member-caller.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let other: TestTenant;

// Its clocks are Madrid's: in November an hour ahead of UTC.
const entries = [
  ['2026-11-20T22:59:59Z', 'Ines', 'member.invited', 'the last second of the 20th'],
  ['2026-11-20T23:00:00Z', 'Mara', 'member.left', 'the first of the 21st'],
  ['2026-11-21T12:00:00Z', 'Setup command', 'channel.connected', '+34 600'],
  ['2026-11-21T22:59:59Z', 'Ines', 'channel.disconnected', '=1+1'],
  ['2026-11-21T23:00:00Z', 'Ines', 'member.removed', 'the 22nd'],
] as const;

beforeAll(async () => {
  [tenant, other] = [await makeTenant(), await makeTenant()];
  const ids: Record<string, string> = { Ines: tenant.owner.id, Mara: tenant.agent.id };
  for (const { id } of [tenant, other])
    for (const [at, who, action, subject] of entries)
      await owner.query(
        `insert into audit (id, tenant_id, at, actor_id, actor_name, action, subject, address, device, details)
         values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, '192.0.2.9', 'Firefox', '{"role": "agent"}')`,
        [id, at, ids[who] ?? null, who, action, subject],
      );
});

const audit = () => memberCaller(tenant, tenant.owner).audit;
const subjects = async (filter: object) =>
  (await audit().list({ tenant: tenant.slug, ...filter })).rows.map(({ subject }) => subject);

describe('the log is narrowed', () => {
  test.each([
    [
      'to nothing',
      {},
      ['the 22nd', '=1+1', '+34 600', 'the first of the 21st', 'the last second of the 20th'],
    ],
    [
      'to what begins with member',
      { what: 'member' },
      ['the 22nd', 'the first of the 21st', 'the last second of the 20th'],
    ],
    ['to part of a word, which is none', { what: 'mem' }, []],
    ['to what nobody did', { who: 'system' }, ['+34 600']],
    [
      'from a day on, by the tenant’s clocks',
      { firstDay: '2026-11-21' },
      ['the 22nd', '=1+1', '+34 600', 'the first of the 21st'],
    ],
    [
      'to a day, the whole of it',
      { lastDay: '2026-11-21' },
      ['=1+1', '+34 600', 'the first of the 21st', 'the last second of the 20th'],
    ],
    ['to one day', { firstDay: '2026-11-20', lastDay: '2026-11-20' }, ['the last second of the 20th']],
    ['to days in the wrong order', { firstDay: '2026-11-22', lastDay: '2026-11-20' }, []],
  ])('%s', async (_, filter, found) => {
    expect(await subjects(filter)).toEqual(found);
  });

  test('to a person, and by several things at once', async () => {
    const who = tenant.owner.id;
    expect(await subjects({ who })).toEqual(['the 22nd', '=1+1', 'the last second of the 20th']);
    expect(await subjects({ who, what: 'channel', firstDay: '2026-11-21' })).toEqual(['=1+1']);
  });

  test.each([
    { who: 'me' },
    { what: 'a b' },
    { firstDay: 'yesterday' },
    { lastDay: '2026-02-30' },
    { cursor: 'x' },
  ])('to what makes no sense is refused: %j', async (filter) => {
    await expect(subjects(filter)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

test('what can be chosen is who and what there is', async () => {
  expect(await audit().choices({ tenant: tenant.slug })).toEqual({
    people: [
      { id: tenant.owner.id, name: 'Ines' },
      { id: tenant.agent.id, name: 'Mara' },
    ],
    system: true,
    areas: ['channel', 'member'],
  });
});

test('page by page everything comes once, also what happened in the same moment', async () => {
  await owner.query(
    `insert into audit (id, tenant_id, at, actor_name, action, details)
     select gen_random_uuid(), $1, '2026-11-01T00:00:00Z', 'Many', 'test.paged', '{}' from generate_series(1, 120)`,
    [tenant.id],
  );
  const ids: string[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: { rows: { id: string }[]; next: string | null } = await audit().list({
      ...{ tenant: tenant.slug, what: 'test', cursor },
    });
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.next;
    pages += 1;
  } while (cursor);
  expect(pages).toBe(3);
  expect(new Set(ids).size).toBe(120);
});

describe('the export', () => {
  async function exported(filter: object = {}) {
    let text = '';
    for await (const piece of await audit().export({ tenant: tenant.slug, ...filter })) text += piece;
    return text.split('\r\n');
  }

  test('is every entry that matches, as a line of a table', async () => {
    expect(await exported({ what: 'channel' })).toEqual([
      '\uFEFFTime (UTC),Who,What,About,Details,Address,Device',
      `2026-11-21 22:59:59.000,Ines,channel.disconnected,"'=1+1",role: agent,192.0.2.9,Firefox`,
      `2026-11-21 12:00:00.000,Setup command,channel.connected,"'+34 600",role: agent,192.0.2.9,Firefox`,
      '',
    ]);
  });

  test('is written down itself, with what was asked for', async () => {
    await exported({ what: 'nothing-like-it' });
    const { rows } = await audit().list({ tenant: tenant.slug, what: 'audit' });
    expect(rows[0]).toMatchObject({
      ...{ who: 'Ines', action: 'audit.exported', address: testFrom.address, device: testFrom.device },
      details: { who: null, what: 'nothing-like-it', firstDay: null, lastDay: null },
    });
  });

  test('goes on for longer than a page', async () => {
    await owner.query(
      `insert into audit (id, tenant_id, at, actor_name, action, details)
       select gen_random_uuid(), $1, '2026-10-01T00:00:00Z', 'Many', 'long.list', '{}' from generate_series(1, 2500)`,
      [tenant.id],
    );
    expect(await exported({ what: 'long' })).toHaveLength(2 + 2500);
  });
});

test('an agent neither reads nor exports it', async () => {
  const { audit: agents } = memberCaller(tenant);
  const at = { tenant: tenant.slug };
  for (const what of ['list', 'choices', 'export'] as const)
    await expect(agents[what](at)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('the superadmin reads what belongs to no tenant, and nothing of one', async () => {
  for (const [at, action, subject] of [
    ['2026-11-20T23:30:00Z', 'capacity.tier-added', 'Huge'],
    ['2026-11-21T00:30:00Z', 'capacity.run-used', 'breakpoint'],
  ])
    await owner.query(
      `insert into audit (id, at, actor_name, action, subject, details) values (gen_random_uuid(), $1, 'Ada', $2, $3, '{}')`,
      [at, action, subject],
    );
  const platform = memberCaller(tenant, { ...tenant.owner, superadmin: true }).admin.audit;
  const read = async (filter: object) =>
    (await platform.list({ what: 'capacity', ...filter })).rows.map(({ subject }) => subject);
  expect(await read({})).toEqual(['breakpoint', 'Huge']);
  // Its days are UTC's.
  expect(await read({ lastDay: '2026-11-20' })).toEqual(['Huge']);
  expect((await platform.list({ what: 'member' })).rows).toEqual([]);
  expect(await platform.choices()).toMatchObject({
    system: true,
    areas: expect.arrayContaining(['capacity']),
  });
});
