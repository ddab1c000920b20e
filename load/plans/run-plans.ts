import { type Database, openDatabase } from '#load/house/database.ts';
import { project } from '#load/house/load-folder.ts';
import { startHouse } from '#load/house/start-house.ts';
import { commitOf, describeMachine } from '#load/machine/describe-machine.ts';
import { fillLeads } from './fill-leads.ts';
import type { PlansOptions } from './options.ts';
import { asked } from './queries.ts';

const others = 19;
const pageSize = 101;
const place = "1, 'infinity'::timestamptz, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid";

type Timing = { name: string; found: number; first: number; median: number; p95: number };

/**
 * Fills a database with one large tenant among others, and asks it for what the page of leads asks, as a tenant's role
 * under row-level security. Milliseconds, as PostgreSQL counts them; each search's plans, as its function runs them.
 */
export async function runPlans(options: PlansOptions, say: (what: string) => void, stopped: AbortSignal) {
  const house = await startHouse(
    {
      ...{ root: project, door: 'ingest', doors: 1, workers: 0, meta: false, botOn: false },
      ...{ channels: 1 + others, variables: { LOG_LEVEL: 'error' } },
    },
    say,
    stopped,
  );
  const database = await openDatabase(house.database);
  try {
    const tenants = await database.ask<{ id: string }>('select id from tenants order by id');
    const [large, ...rest] = tenants.map(({ id }) => id);
    if (large === undefined) throw new Error('a house has tenants');
    const share = Math.ceil(options.rest / rest.length);
    const makeAgain = await withoutSearchIndexes(database);
    // By turns, so that no tenant's rows lie together in the table.
    for (const [index, id] of rest.entries()) {
      await fillLeads(database, id, share, (done) => say(`tenant ${index + 2}: ${done} leads`));
      if (index === Math.floor(rest.length / 2))
        await fillLeads(database, large, options.leads, (done) => say(`the large tenant: ${done} leads`));
    }
    await makeAgain();
    say('vacuum and analyze');
    await database.ask('vacuum analyze');
    return await lookAtPlans(database, large, options, say);
  } finally {
    await database.close();
    await house.stop();
  }
}

/** Takes away the indexes of trigrams and labels, which are made faster at once than row by row; answers what does it. */
async function withoutSearchIndexes(database: Database): Promise<() => Promise<void>> {
  const indexes = await database.ask<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
     where a.amname = 'gin' and i.indrelid in ('leads'::regclass, 'addresses'::regclass)`,
  );
  for (const { name } of indexes) await database.ask(`drop index ${name}`);
  return async () => {
    await database.ask("set maintenance_work_mem = '1GB'");
    for (const { definition } of indexes) await database.ask(definition);
  };
}

/** Asks a database that is filled, the tenant with this id. */
async function lookAtPlans(
  database: Database,
  large: string,
  { leads, rest: elsewhere, rounds }: PlansOptions,
  say: (what: string) => void,
) {
  const timings: Timing[] = [];
  const plans: Record<string, string[]> = {};
  for (const { name, filter, sort } of asked) {
    say(name);
    const text = await named(database, large, JSON.stringify(filter));
    timings.push({ name, ...(await time(database, large, text, sort, rounds)) });
    plans[name] = await plansOf(database, large, text, sort);
  }
  const [{ size } = { size: '' }] = await database.ask<{ size: string }>(
    "select pg_size_pretty(pg_total_relation_size('leads')) as size",
  );
  return {
    ...{ scenario: 'plans', leads, elsewhere, rounds, leadsTable: size },
    ...{ machine: describeMachine(new Date()), commit: commitOf(project), timings, plans },
  };
}

/** Labels by their names become ids. */
async function named(database: Database, tenantId: string, filter: string): Promise<string> {
  const labels = await database.ask<{ id: string; name: string }>(
    'select id, name from labels where tenant_id = $1',
    [tenantId],
  );
  return labels.reduce((text, { id, name }) => text.replaceAll(`label:${name}`, id), filter);
}

type Explained = {
  'QUERY PLAN': [{ 'Execution Time': number; 'Planning Time': number; Plan: { 'Actual Rows': number } }];
};

async function time(database: Database, tenantId: string, filter: string, sort: string, rounds: number) {
  const taken: number[] = [];
  let found = 0;
  await database.ask('begin');
  await database.ask(
    "select set_config('role', 'parley_tenant', true), set_config('app.tenant_id', $1, true)",
    [tenantId],
  );
  for (let round = 0; round <= rounds; round += 1) {
    const [row] = await database.ask<Explained>(
      `explain (analyze, timing off, format json) select * from find_leads(${quoted(filter)}::jsonb, '${sort}', ${place}, ${pageSize})`,
    );
    const explained = row?.['QUERY PLAN'][0];
    if (!explained) throw new Error('PostgreSQL explains what it is asked to');
    found = explained.Plan['Actual Rows'];
    taken.push(explained['Execution Time'] + explained['Planning Time']);
  }
  await database.ask('commit');
  const [first = 0, ...warm] = taken;
  const sorted = warm.toSorted((a, b) => a - b);
  const at = (part: number) =>
    round2(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return { found, first: round2(first), median: at(0.5), p95: at(0.95) };
}

/** As the function itself runs them; what an index finds beforehand is not among them. */
async function plansOf(
  database: Database,
  tenantId: string,
  filter: string,
  sort: string,
): Promise<string[]> {
  const plans: string[] = [];
  await database.ask('begin');
  await database.ask(
    'set local enable_sort = off; set local enable_hashjoin = off; set local enable_mergejoin = off; set local max_parallel_workers_per_gather = 0',
  );
  for (const part of sort === 'last' ? ['wrote', 'silent'] : ['added']) {
    const [row] = await database.ask<{ query: string }>(
      `select leads_query($1, $2, $3::jsonb, $4, null, ${place}, ${pageSize}) as query`,
      [part, tenantId, filter, sort],
    );
    const lines = await database.ask<{ 'QUERY PLAN': string }>(
      `explain (analyze, buffers, costs off) ${row?.query}`,
    );
    plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'));
  }
  await database.ask('commit');
  return plans;
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const round2 = (number: number) => Math.round(number * 100) / 100;
