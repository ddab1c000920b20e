import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { asPlatform } from '#server/db/as-platform.ts';
import { Prisma } from '#server/db/sql.ts';
import { Refusal } from '#server/refusal.ts';

/** So many within a window that begins with the first. */
export type Limit = { name: string; most: number; seconds: number };
export type Use = { limit: Limit; of: string };

/**
 * Counts one attempt against each limit, for all processes together; returns the seconds to wait when one of them is
 * used up, else 0. What is refused counts too, and makes the wait no longer.
 */
export async function spend(...uses: Use[]): Promise<number> {
  const rows = uses
    .map(({ limit, of }) => ({ key: keyOf(limit, of), limit }))
    // A fixed order: two statements that wait for each other's rows would be a deadlock.
    .toSorted((a, b) => Buffer.compare(a.key, b.key));
  const values = rows.map(
    ({ key, limit }) => Prisma.sql`(${key}::bytea, 1, now() + make_interval(secs => ${limit.seconds}))`,
  );
  const counted = await asPlatform(
    ({ db }) => db.$queryRaw<{ key: Uint8Array; spent: number; wait: number }[]>`
      insert into rate_limits as l (key, spent, ends_at) values ${Prisma.join(values)}
      on conflict (key) do update set
        spent = case when l.ends_at <= now() then 1 else l.spent + 1 end,
        ends_at = case when l.ends_at <= now() then excluded.ends_at else l.ends_at end
      returning key, spent, greatest(1, ceil(extract(epoch from ends_at - now())))::int as wait`,
  );
  const waits = counted.map(({ key, spent, wait }) => {
    const used = rows.find((row) => row.key.equals(Buffer.from(key)));
    return used && spent > used.limit.most ? wait : 0;
  });
  return Math.max(0, ...waits);
}

/** As `spend`, for a procedure: throws Refusal `too-many`, with the wait in words. */
export async function spendOrRefuse(...uses: Use[]): Promise<void> {
  const wait = await spend(...uses);
  if (wait > 0)
    throw new Refusal(
      'too-many',
      'too-many',
      `That was tried too often. Wait ${waitWords(wait)}, then try again.`,
    );
}

/** Begins a window anew: whoever it was has shown that they may. */
export async function forgetSpent({ limit, of }: Use): Promise<void> {
  await asPlatform(({ db }) => db.$executeRaw`delete from rate_limits where key = ${keyOf(limit, of)}`);
}

const keyOf = (limit: Limit, of: string) =>
  createHash('sha256')
    .update(JSON.stringify([limit.name, of]))
    .digest();

const waitWords = (seconds: number) =>
  seconds < 100 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;

/** Whoever has one IPv6 address has its whole /64. */
export function neighbourhood(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const given = (part: string | undefined) => (part ? part.split(':') : []);
  const zeros = 8 - given(head).length - given(tail).length;
  return [
    ...given(head),
    ...Array.from({ length: tail === undefined ? 0 : zeros }, () => '0'),
    ...given(tail),
  ]
    .slice(0, 4)
    .join(':');
}
