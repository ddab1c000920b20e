import { createHash, randomBytes } from 'node:crypto';
import type { PlatformTx } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { env } from '#server/env.ts';

/** What a letter's link may do; the path that it leads to, and for how many hours. */
const purposes = {
  confirm: { path: 'confirm', hours: 72 },
  'change-email': { path: 'confirm', hours: 24 },
  reset: { path: 'reset', hours: 1 },
} as const;
export type Purpose = keyof typeof purposes;

export const hoursOf = (purpose: Purpose): number => purposes[purpose].hours;

/**
 * The address of a new link; an older one for the same purpose stops working. Only a digest of its secret is kept: who
 * reads the table can follow no link.
 */
export async function makeLink(
  { db }: PlatformTx,
  { userId, purpose, email }: { userId: string; purpose: Purpose; email: string },
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const { path, hours } = purposes[purpose];
  await db.accountLink.deleteMany({ where: { userId, purpose } });
  await db.$executeRaw`
    insert into account_links (id, user_id, purpose, token_hash, email, expires_at)
    values (${newId()}::uuid, ${userId}::uuid, ${purpose}, ${digest(token)}, ${email}, now() + make_interval(hours => ${hours}))`;
  return `${env().APP_URL}/${path}/${token}`;
}

export type Link = { userId: string; purpose: Purpose; email: string; name: string };

/** Whom a link is for and what it does, as long as it works. Looking uses nothing up. */
export async function readLink({ db }: PlatformTx, token: string): Promise<Link | undefined> {
  const [row] = await db.$queryRaw<Link[]>`
    select l.user_id as "userId", l.purpose, l.email, u.name
    from account_links l join users u on u.id = l.user_id
    where l.token_hash = ${digest(token)} and l.expires_at > now()`;
  return row;
}

/** Uses a link up: of two who try at once, one gets it. */
export async function takeLink(tx: PlatformTx, token: string): Promise<Link | undefined> {
  const link = await readLink(tx, token);
  if (!link) return undefined;
  const taken = await tx.db.$executeRaw`
    delete from account_links where token_hash = ${digest(token)} and expires_at > now()`;
  return taken === 1 ? link : undefined;
}

/** Every link that was sent to somebody stops working. */
export async function dropLinks({ db }: PlatformTx, userId: string): Promise<void> {
  await db.accountLink.deleteMany({ where: { userId } });
}

const digest = (token: string) => createHash('sha256').update(token).digest();
