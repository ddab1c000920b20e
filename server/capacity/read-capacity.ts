import os from 'node:os';

import { type Capacity, expectedLatency, type Fit, type Interval } from '#load/model/capacity-of.ts';
import { type CapacityRun, capacityRun } from '#load/model/run.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { type Measured, measuredBy, readMeasured } from './measured.ts';
import { lineOf } from './read-run.ts';
import { readTiers } from './read-tiers.ts';
import { readSelling, type Selling } from './selling.ts';
import { sellsTo, yesterdayOf } from './sold.ts';

/** How many runs and tenants the page shows; the rest is behind a link. */
const most = 5;
/** The system that Parley replaced, as its owners measured it. */
const replaced = 'replaced-system';
/** Places at which the band around the curve is drawn. */
const places = 72;

/** What the superadmin's page of capacity shows, in messages a second (in and out), milliseconds, and active conversations a day. */
export function readCapacity(now = new Date()) {
  return asPlatform(async (tx) => {
    const selling = await readSelling(tx);
    const measured = await readMeasured(tx, selling);
    return {
      at: now.toISOString(),
      selling,
      measured: measured ? shown(measured) : null,
      february: await readFebruary(tx, selling),
      ...(await readTiers(tx, selling, measured, now)),
      traffic: await readTraffic(tx, now),
      busiest: await readBusiest(tx, now),
      runs: await readRuns(tx, most),
    };
  });
}

/** Every kept run, newest first. */
export const readAllRuns = () => asPlatform((tx) => readRuns(tx, 200));

function shown({ id, name, run, capacity, rate, active }: Measured) {
  const { sustainable, peak, knee, basis, ceilings, bottlenecks, fit } = capacity;
  return {
    ...{ id, name, rate, active, basis, sustainable, peak, knee: knee ?? null },
    ...{ surroundings: run.surroundings, scenario: run.scenario, objectives: run.objectives },
    isElsewhere: isElsewhere(run),
    /** As the installation was at the highest level that it carried. */
    bottlenecks: bottlenecks.map(({ name: what, share, bound }) => ({ name: what, share, bound })),
    ceilings: { scalability: finite(ceilings.scalability), fullest: finite(ceilings.fullest) },
    points: run.points.map(({ offered, achieved, p50, p95, p99, errorShare, lost = 0, broke = [] }) => ({
      ...{ offered, achieved, p50, p95, p99, errorShare, lost, broke },
    })),
    curve: fit?.curve ?? null,
    band: fit ? bandOf(fit, run) : [],
    carried: fit?.carried ?? null,
  };
}

/** Infinity is no JSON. */
const finite = (value: number) => (Number.isFinite(value) ? value : null);

function bandOf(fit: Fit, { points }: CapacityRun): ({ rate: number } & Interval)[] {
  const last = Math.max(...points.map(({ offered }) => offered), fit.carried);
  return Array.from({ length: places + 1 }, (_, index) => {
    const rate = (last * index) / places;
    const { value, low, high } = expectedLatency(fit, rate);
    return { rate, value: finite(value) ?? 1e9, low: finite(low) ?? 1e9, high: finite(high) ?? 1e9 };
  });
}

/** Whether this machine is another than the one that was measured. */
const isElsewhere = ({ surroundings: { cpu, cores } }: CapacityRun): boolean => {
  const here = os.cpus();
  return (
    (cores !== undefined && cores !== here.length) || (cpu !== undefined && cpu !== here[0]?.model.trim())
  );
};

/** What the report about the replaced system said, by its peak. */
async function readFebruary({ db }: PlatformTx, selling: Selling) {
  const kept = await db.loadRun.findFirst({
    where: { name: { startsWith: replaced } },
    select: { id: true, name: true, run: true },
    orderBy: { measuredAt: 'desc' },
  });
  const measured = kept && measuredBy(kept, { ...selling, rate: 'peak' });
  return measured
    ? { rate: measured.rate, active: measured.active, measuredAt: measured.run.surroundings.at }
    : null;
}

async function readRuns({ db }: PlatformTx, take: number) {
  const kept = await db.loadRun.findMany({ orderBy: [{ measuredAt: 'desc' }, { id: 'desc' }], take });
  return {
    total: await db.loadRun.count(),
    runs: kept.map(({ id, name, measuredAt, inUse, addedBy, run }) => ({
      ...{
        id,
        name,
        inUse,
        addedBy,
        measuredAt: measuredAt.toISOString(),
        ...lineOf(capacityRun.parse(run)),
      },
    })),
  };
}

type Five = { at: Date; inbound: number; outbound: number };

/** Today since midnight UTC in fives of minutes, and yesterday's busiest minute; messages a second. */
async function readTraffic({ db }: PlatformTx, now: Date) {
  const midnight = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  const dayBefore = new Date(midnight.getTime() - 24 * 3600_000);
  const today = await db.$queryRaw<Five[]>`
    select date_bin('5 minutes', minute, ${midnight}::timestamptz) as at, avg(inbound)::float8 / 60 as inbound,
           avg(outbound)::float8 / 60 as outbound
    from traffic where minute >= ${midnight}::timestamptz group by 1 order by 1`;
  const [busiest] = await db.$queryRaw<{ at: Date; rate: number }[]>`
    select minute as at, (inbound + outbound) / 60.0::float8 as rate from traffic
    where minute >= ${dayBefore}::timestamptz and minute < ${midnight}::timestamptz
    order by inbound + outbound desc, minute limit 1`;
  return {
    midnight: midnight.toISOString(),
    today: today.map(({ at, inbound, outbound }) => ({ at: at.toISOString(), rate: inbound + outbound })),
    yesterdaysPeak: busiest ? { at: busiest.at.toISOString(), rate: Number(busiest.rate) } : null,
  };
}

/** Of what they may, tenants had most active conversations on their yesterday. */
const readBusiest = ({ db }: PlatformTx, now: Date) =>
  db.$queryRaw<{ slug: string; name: string; tier: string | null; active: number; quota: number | null }[]>`
    select t.slug, t.name, q.tier, b.active, q.active_conversations as quota
    from (select u.tenant_id, sum(u.active)::int as active from usage u join tenants t on t.id = u.tenant_id
          where ${sellsTo} and ${yesterdayOf(now)} group by u.tenant_id having sum(u.active) > 0
          order by 2 desc, 1 limit ${most}::int) b
    join tenants t on t.id = b.tenant_id join tenant_quotas q on q.tenant_id = b.tenant_id
    order by b.active desc, t.name`;

/** A run's figures for holding it against another; in messages a second. */
export function readComparison(ids: readonly string[]) {
  return asPlatform(async (tx) => {
    const selling = await readSelling(tx);
    const kept = await tx.db.loadRun.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, name: true, run: true },
    });
    return ids.flatMap((id) => {
      const one = kept.find((row) => row.id === id);
      if (!one) return [];
      const measured = measuredBy(one, selling);
      const run = capacityRun.parse(one.run);
      const { verdict, surroundings, scenario } = run;
      return [
        {
          ...{ id, name: one.name, verdict, surroundings, scenario },
          capacity: measured ? ratesOf(measured.capacity) : null,
          rate: measured?.rate ?? null,
          active: measured?.active ?? null,
          ...(({ carried, p95, lost, seconds }) => ({ carried, p95, lost, seconds }))(
            lineOf(measured?.run ?? run),
          ),
        },
      ];
    });
  });
}

const ratesOf = ({ sustainable, peak, knee, bottlenecks }: Capacity) => ({
  ...{ sustainable, peak, knee: knee ?? null, fullest: bottlenecks[0]?.name ?? null },
});
