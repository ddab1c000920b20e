import { signInAgent } from '#load/house/agent.ts';
import { type Database, openDatabase } from '#load/house/database.ts';
import { project } from '#load/house/load-folder.ts';
import { startHouse } from '#load/house/start-house.ts';
import { commitOf, describeMachine } from '#load/machine/describe-machine.ts';
import { latencyAt } from '#load/model/latency-curve.ts';

const tenants = 1_000;
const days = 365;
const rounds = 30;
/** Connections that counted beside each other, on days that are not folded yet. */
const slots = 8;
const goal = 300;

/**
 * Fills a database with a thousand tenants and a year of their usage, and asks for the superadmin's page of capacity as
 * a browser does: the whole page, and its figures alone. Milliseconds until the last byte.
 */
export async function runCapacityPage(say: (what: string) => void, stopped: AbortSignal) {
  const house = await startHouse(
    {
      ...{ root: project, door: 'web', doors: 1, workers: 0, meta: false, botOn: false },
      ...{ agents: true, channels: 10, variables: { LOG_LEVEL: 'error', PARLEY_DEMO: '1' } },
    },
    say,
    stopped,
  );
  const database = await openDatabase(house.database);
  try {
    say('a year of usage');
    await fill(database);
    const [login] = house.agents;
    const [door] = house.doors;
    if (!login || door === undefined) throw new Error('a house has a door and who comes in');
    await database.ask('update users set superadmin = true where email = $1', [login.email]);
    const superadmin = await signInAgent(door, login);
    say('asking');
    const [{ rows, size } = { rows: 0, size: '' }] = await database.ask<{ rows: number; size: string }>(
      `select count(*)::int as rows, pg_size_pretty(pg_total_relation_size('usage')) as size from usage`,
    );
    const timings = [
      { what: 'page', ...(await time(() => superadmin.page('/admin/capacity'))) },
      { what: 'figures', ...(await time(() => superadmin.query('admin.capacity.view', {}))) },
      { what: 'list of tenants', ...(await time(() => superadmin.page('/admin/tenants'))) },
    ];
    const slow = timings.filter(({ p95 }) => p95 > goal).map(({ what, p95 }) => `${what}: p95 ${p95} ms`);
    return {
      ...{ scenario: 'capacity-page', tenants, days, usage: { rows, size }, rounds, goal, timings },
      ...{ machine: describeMachine(new Date()), commit: commitOf(project) },
      verdict: { state: slow.length > 0 ? 'invalid' : 'valid', reasons: slow },
    };
  } finally {
    await database.close();
    await house.stop();
  }
}

/** The first alone, because it is that of a process that has just been started. */
async function time(ask: () => Promise<unknown>) {
  const taken: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const from = performance.now();
    await ask();
    taken.push(performance.now() - from);
  }
  const [first = 0, ...warm] = taken;
  const sorted = warm.toSorted((a, b) => a - b);
  const at = (part: number) => Math.round(sorted[Math.floor(sorted.length * part)] ?? 0);
  return { first: Math.round(first), median: at(0.5), p95: at(0.95), most: Math.round(sorted.at(-1) ?? 0) };
}

async function fill(database: Database) {
  await database.ask(
    `insert into tenants (id, slug, name, time_zone, tier_id)
     select gen_random_uuid(), 'page-' || n, 'Shop ' || n, (array['Europe/Madrid', 'America/New_York', 'UTC'])[1 + n % 3],
            (select id from tiers where position = 1 + n % 3)
     from generate_series(1, $1::int - (select count(*)::int from tenants)) n`,
    [tenants],
  );
  await database.ask(
    `insert into grants (tenant_id, id, quota, value, reason, created_by)
     select id, gen_random_uuid(), 'active_conversations', 2000, 'a load', 'a load' from tenants where slug like 'page-%5'`,
  );
  await database.ask(
    `insert into usage (tenant_id, day, channel_id, slot, inbound, outbound, active)
     select t.id, current_date - d, t.id, s, 40, 45, 12 from tenants t, generate_series(0, $1::int - 1) d,
            generate_series(0, case when d < 3 then $2::int - 1 else 0 end) s`,
    [days, slots],
  );
  await database.ask(
    `insert into traffic (minute, inbound, outbound, totals)
     select date_trunc('minute', now()) - make_interval(mins => m), 600 + m % 500, 700, '{}' from generate_series(0, 11519) m`,
  );
  await database.ask(
    `insert into load_runs (id, name, scenario, measured_at, run, in_use)
     select gen_random_uuid(), 'run-' || n, 'breakpoint', now() - make_interval(days => n), $1::jsonb, n = 1
     from generate_series(1, 40) n`,
    [JSON.stringify(someRun())],
  );
  await database.ask('vacuum analyze');
}

function someRun() {
  const curve = { idle: 4, slope: 6.6, limit: 620 };
  const points = Array.from({ length: 20 }, (_, index) => {
    const offered = (curve.limit * (index + 1)) / 20.5;
    const p95 = latencyAt(curve, offered) * (1 + 0.05 * Math.sin(index * 7));
    const level = { offered, achieved: offered, seconds: 8, p50: p95 / 3, p95, p99: p95 * 2, errorShare: 0 };
    return { ...level, resources: [{ name: 'CPU, web', used: offered, of: curve.limit }] };
  });
  return {
    ...{ scenario: 'breakpoint', unit: 'turn', points, verdict: { state: 'valid', reasons: [] } },
    ...{
      surroundings: { at: '2026-11-28T04:10:00Z' },
      objectives: { p95: 250, errorShare: 0.01, queueAgeGrowth: 2 },
    },
  };
}
