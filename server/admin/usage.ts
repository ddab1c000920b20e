/** Where counting ends, so that a tenant's millions cost no more than this. */
export const mostCounted = 10_000;

/**
 * The smallest id of a message that was recorded in the last days: ids are UUIDv7, so the primary key is in the order
 * of time, and counting needs no other index.
 */
export function sinceId(now: Date, days: number): string {
  const stamp = (now.getTime() - days * 24 * 3600 * 1000).toString(16).padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7000-8000-000000000000`;
}
