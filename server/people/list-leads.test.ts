import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';

const { owner } = testDatabase();
let acme: TestTenant;
let other: TestTenant;
const people = 4_000;
const caller = () => memberCaller(acme, acme.owner).people;
const tenant = () => ({ tenant: acme.slug });

/** Every second of them has written; the older halves are closed. */
async function fill({ id, channelId }: TestTenant, count: number) {
  const ids = Array.from({ length: count }, () => newId());
  await owner.query(
    `insert into leads (tenant_id, id, name, language, source, created_at, fields)
     select $1, id, 'Person ' || n, (array['es', 'de', 'fr'])[1 + n % 3], 'import', now() - make_interval(secs => n),
            jsonb_build_object('city', 'City ' || n % 50)
     from unnest($2::uuid[]) with ordinality as l (id, n)`,
    [id, ids],
  );
  await owner.query(
    `insert into conversations (tenant_id, id, channel_id, lead_id, open, holder, last_at, inbound_count, created_at)
     select $1, c.id, $2, l.id, n % 4 = 0, 'nobody', now() - make_interval(mins => n::int), 1, now()
     from unnest($3::uuid[], $4::uuid[]) with ordinality as l (id, conversation, n)
     cross join lateral (select l.conversation as id) c where n % 2 = 0`,
    [id, channelId, ids, Array.from({ length: count }, () => newId())],
  );
  return ids;
}

beforeAll(async () => {
  acme = await makeTenant({ bot: false });
  other = await makeTenant({ bot: false });
  await fill(acme, people);
  await fill(other, people);
  await owner.query('analyze leads, conversations, addresses');
}, 180_000);

async function pages(
  sort: 'last' | 'added',
  between: () => Promise<unknown> = async () => {},
  search = '',
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { rows: { id: string }[]; next: string | null } = await caller().list({
      ...tenant(),
      filter: { search },
      sort,
      cursor,
    });
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.next;
    await between();
  } while (cursor !== null);
  return ids;
}

test.each(['last', 'added'] as const)(
  'pages by %s give each once, while others come and write',
  async (sort) => {
    const { rows: before } = await owner.query<{ id: string }>('select id from leads where tenant_id = $1', [
      acme.id,
    ]);
    let number = 0;
    const ids = await pages(sort, async () => {
      number += 1;
      if (number % 8 === 0)
        await receive(
          textWebhook(acme.phoneNumberId, {
            wamid: `wamid.${sort}.${number}`,
            from: `16505${sort === 'last' ? 1 : 2}${String(number).padStart(5, '0')}`,
          }),
        );
    });
    expect(new Set(ids).size).toBe(ids.length);
    expect(before.filter(({ id }) => !ids.includes(id))).toEqual([]);
  },
);

// Everybody's words, many people's, a few people's and nobody's: walked, walked on, or looked up.
test.each([
  ['person', 'last'],
  ['person', 'added'],
  ['city 7', 'last'],
  ['city 42', 'added'],
  ['person 12 city', 'last'],
  ['person 100', 'last'],
  ['person 3999', 'last'],
  ['person 3999', 'added'],
  ['persona', 'last'],
] as const)(
  'a search for “%s” by %s pages through all whom it fits, in the list’s order',
  async (search, sort) => {
    const { rows } = await owner.query(
      `select l.id from leads l left join lateral (
       select c.id, c.last_at from conversations c where c.tenant_id = l.tenant_id and c.lead_id = l.id
       order by c.last_at desc, c.id desc limit 1) c on $3 = 'last'
     where l.tenant_id = $1 and l.search_text like all ($2)
     order by c.id is null, coalesce(c.last_at, l.created_at) desc, coalesce(c.id, l.id) desc`,
      [acme.id, search.split(' ').map((word) => `%${word}%`), sort],
    );
    expect(await pages(sort, undefined, search)).toEqual(rows.map(({ id }) => id));
  },
);

test('a page says who they are, the newest message first', async () => {
  const wamid = 'wamid.newest';
  await receive(
    textWebhook(acme.phoneNumberId, {
      wamid,
      from: '16505559999',
      name: 'Newest',
      at: Math.floor(Date.now() / 1000) + 5,
    }),
  );
  const { rows, next } = await caller().list({ ...tenant(), filter: {} });
  expect(rows[0]).toMatchObject({
    name: 'Newest',
    phone: '16505559999',
    source: 'wrote',
    holder: { kind: 'nobody' },
  });
  expect(rows).toHaveLength(100);
  expect(next).not.toBeNull();
  expect(await caller().count({ ...tenant(), filter: { search: 'newest' } })).toEqual({
    count: 1,
    more: false,
  });
});

describe('no list query sorts, hashes or reads the whole tenant', () => {
  const place = "'infinity'::timestamptz, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid";
  type Node = {
    'Node Type': string;
    'Actual Rows': number;
    'Actual Loops': number;
    'Rows Removed by Filter'?: number;
    Plans?: Node[];
  };
  const all = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(all)];

  test.each([
    ['wrote', 'last', {}],
    ['wrote', 'last', { conditions: [{ field: 'language', is: ['es'] }] }],
    ['wrote', 'last', { search: 'pe' }],
    ['wrote', 'last', { conditions: [{ field: 'wrote' }] }],
    ['wrote', 'last', { conditions: [{ field: 'wrote', not: true }] }],
    ['silent', 'last', {}],
    ['added', 'added', {}],
    ['added', 'added', { conditions: [{ field: 'language', is: ['es'] }] }],
    ['added', 'added', { search: 'person' }],
  ])('%s by %s with %j', async (part, sort, filter) => {
    // As the function itself runs it.
    await owner.query(
      'set enable_sort = off; set enable_hashjoin = off; set enable_mergejoin = off; set max_parallel_workers_per_gather = 0',
    );
    const { rows } = await owner.query(
      `select leads_query($1, $2, $3, $4, null, 1, ${place}, 101) as query`,
      [...[part, acme.id, JSON.stringify(filter), sort]],
    );
    const plan = await owner.query(`explain (analyze, format json) ${rows[0].query}`);
    const nodes = all(plan.rows[0]['QUERY PLAN'][0].Plan);
    expect(
      nodes.map((node) => node['Node Type']).filter((type) => /Sort|Aggregate|Hash|Seq Scan/.test(type)),
    ).toEqual([]);
    const read = nodes.map(
      (node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
    );
    expect(Math.max(...read)).toBeLessThan(people / 4);
  });
});

describe('a segment', () => {
  test('is live, has a name of its own, and is renamed, changed and deleted', async () => {
    const filter = {
      search: '',
      join: 'all' as const,
      conditions: [{ field: 'email' as const, op: 'filled' as const }],
    };
    const { id } = await caller().saveSegment({ ...tenant(), name: 'With e-mail', filter });
    expect(await caller().segmentCounts(tenant())).toEqual({ [id]: { count: 0, more: false } });
    const added = await caller().add({ ...tenant(), phone: '+34 612 48 90 18' });
    await caller().edit({ ...tenant(), id: added.id, email: 'a@b.example' });
    expect(await caller().segmentCounts(tenant())).toEqual({ [id]: { count: 1, more: false } });
    await expect(caller().saveSegment({ ...tenant(), name: 'with E-MAIL', filter })).rejects.toThrow(
      'already',
    );
    await caller().changeSegment({ ...tenant(), id, name: 'Reachable' });
    expect((await caller().segments(tenant())).map(({ name }) => name)).toEqual(['Reachable']);
    await caller().deleteSegment({ ...tenant(), id });
    expect(await caller().segments(tenant())).toEqual([]);
  });
});
