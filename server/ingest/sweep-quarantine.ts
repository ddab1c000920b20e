import { asPlatform } from '#server/db/as-platform.ts';

const most = 5_000;

/** What could not be understood is kept for thirty days, and deleted in pieces. */
export async function sweepQuarantine() {
  await asPlatform(
    ({ db }) => db.$executeRaw`
      delete from quarantine where id in (
        select id from quarantine where at < now() - interval '30 days' order by at limit ${most})`,
  );
}
