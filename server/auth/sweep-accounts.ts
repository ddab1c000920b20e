import { asPlatform } from '#server/db/as-platform.ts';

/** Takes away links that have run out, what was counted in windows that have ended, and sessions long over. */
export function sweepAccounts() {
  return asPlatform(async ({ db }) => {
    await db.$executeRaw`delete from account_links where expires_at < now()`;
    await db.$executeRaw`delete from rate_limits where ends_at < now()`;
    await db.$executeRaw`delete from sessions where expires_at < now() - interval '30 days'`;
  });
}
