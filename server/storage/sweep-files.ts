import { asPlatform } from '#server/db/as-platform.ts';

/** Deletes the files whose time is over, a few at a time: each may be two hundred rows of a megabyte. */
export async function sweepFiles() {
  await asPlatform(
    ({ db }) => db.$executeRaw`
      delete from files where (tenant_id, id) in (
        select tenant_id, id from files where expires_at < now() order by expires_at limit 5)`,
  );
}
