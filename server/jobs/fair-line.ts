// A quarter of a second apart from 2026 on: whole numbers that PostgreSQL's integer holds until 2043.
const epoch = Date.UTC(2026, 0, 1);
const tick = 250;
/** What a tenant's line is worth that says nothing: jobs a second. */
export const usualShare = 20;
const mostLines = 10_000;
/** A flood is forgiven after so long, in milliseconds. */
const furthest = 600_000;

/**
 * The order in which tenants' jobs are worked off when there are more than can be. Each tenant has a share, in jobs a
 * second; a job is due when it would be if the tenant's jobs came no faster than that. So one within its share never
 * waits behind another's flood, one beyond it waits behind itself alone, and nobody starves: whatever is due by now comes
 * before what is asked for later. (Virtual clocks; L. Zhang, SIGCOMM 1990.) Each process has its own.
 */
export function fairLine() {
  /** When each tenant's next job would be due; only those that are ahead of the time. */
  const next = new Map<string, number>();

  function dueAt(tenant: string, share: number, now: number): number {
    const due = Math.max(now, next.get(tenant) ?? 0);
    if (next.size > mostLines) forgetPast(now);
    next.set(tenant, Math.min(due + 1_000 / share, now + furthest));
    return due;
  }

  function forgetPast(now: number) {
    for (const [tenant, at] of next) if (at <= now) next.delete(tenant);
  }

  return { dueAt };
}

/** Earlier is more. Milliseconds. */
export const priorityAt = (due: number): number => -Math.floor((due - epoch) / tick);
