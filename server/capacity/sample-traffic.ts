import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { betweenSamples, type Totals } from './between-samples.ts';

// One at a time in the whole installation; a number of ours alone.
const lock = 7_265_002;
/** Minutes are for the day's curve and a week to hold it against; days stay in `usage`. */
const keptDays = 8;

/**
 * Notes what all tenants together received and sent in the minute that just ended, as the difference of what usage says
 * now and what it said at the last sample. Does nothing while the minute is noted or another process is at it.
 */
export function sampleTraffic(now = new Date()): Promise<void> {
  return asPlatform(async (tx) => {
    const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000 - 60_000);
    const last = await lastSample(tx);
    if (last && last.minute >= minute) return;
    const [row] = await tx.db.$queryRaw<
      { mine: boolean }[]
    >`select pg_try_advisory_xact_lock(${lock}::bigint) as mine`;
    if (!row?.mine) return;
    const totals = await totalsNow(tx, now);
    const { inbound, outbound } = betweenSamples(last, { minute, totals });
    await tx.db.$executeRaw`
      insert into traffic (minute, inbound, outbound, totals)
      values (${minute}, ${inbound}::int, ${outbound}::int, ${JSON.stringify(totals)}::jsonb) on conflict do nothing`;
    await tx.db.$executeRaw`
      delete from traffic where minute < ${now}::timestamptz - make_interval(days => ${keptDays}::int)`;
  });
}

async function lastSample({ db }: PlatformTx) {
  const [last] = await db.$queryRaw<{ minute: Date; totals: Totals }[]>`
    select minute, totals from traffic order by minute desc limit 1`;
  return last;
}

/** Of the days that may still be somebody's today, and the one before. */
async function totalsNow({ db }: PlatformTx, now: Date): Promise<Totals> {
  const rows = await db.$queryRaw<{ day: string; inbound: number; outbound: number }[]>`
    select day::text, sum(inbound)::float8 as inbound, sum(outbound)::float8 as outbound from usage
    where day >= (${now}::timestamptz at time zone 'UTC')::date - 2 group by day order by day`;
  return Object.fromEntries(rows.map(({ day, inbound, outbound }) => [day, [inbound, outbound] as const]));
}
