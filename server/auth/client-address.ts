import { env } from '#server/env.ts';

type Headers = Record<string, string | string[] | undefined>;

/** The header in which web.ts writes the address of the connection itself; it overwrites what a client sent. */
export const peerHeader = 'x-parley-peer';

/**
 * Where a request came from. X-Forwarded-For counts only as far as TRUST_PROXY says: the entry that the outermost of
 * our own proxies wrote, counted from the right.
 */
export function clientAddress(headers: Headers): string {
  const hops = env().TRUST_PROXY;
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const told = hops > 0 ? forwarded.at(-hops) : undefined;
  return told ?? String(headers[peerHeader] ?? 'unknown');
}
