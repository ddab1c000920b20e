import { asPlatform } from '#server/db/as-platform.ts';

/** Channels' days in one transaction. */
const most = 500;

/**
 * Folds the slots of days that are over in every time zone into one: sums stay what they are, and a year of usage is a
 * row for each channel and day. Returns how many rows it took away.
 */
export const foldUsage = (now = new Date()): Promise<number> =>
  asPlatform(
    ({ db }) => db.$executeRaw`
      with due as (
        select distinct tenant_id, day, channel_id from (
          select tenant_id, day, channel_id from usage
          where slot <> 0 and day < (${now}::timestamptz at time zone 'UTC')::date - 2 order by day limit ${most}::int) as oldest),
      folded as (
        delete from usage u using due d
        where u.tenant_id = d.tenant_id and u.day = d.day and u.channel_id = d.channel_id and u.slot <> 0
        returning u.*)
      insert into usage as u (tenant_id, day, channel_id, slot, inbound, outbound, active)
      select tenant_id, day, channel_id, 0, sum(inbound), sum(outbound), sum(active) from folded group by 1, 2, 3
      order by 1, 2, 3
      on conflict (tenant_id, day, channel_id, slot) do update set inbound = u.inbound + excluded.inbound,
        outbound = u.outbound + excluded.outbound, active = u.active + excluded.active`,
  );
