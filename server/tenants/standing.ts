import { Prisma } from '#server/db/sql.ts';

/** Whether a tenant's rooms are open, and if not, what its members are told. Times as ISO 8601. */
export type Standing = { state: 'active' } | Closed;
export type Closed = {
  /** `deleting`: closed as well, and erased for good after `deleteAfter` unless somebody restores it. */
  state: 'suspended' | 'deleting';
  since: string | null;
  reason: string | null;
  /** An e-mail address to write to; null: whoever runs this installation. */
  ask: string | null;
  deleteAfter: string | null;
  /** An owner of its own asked for the deletion; any owner may take it back until then. */
  byOwner: boolean;
};

export type StandingRow = {
  state: string;
  suspendedAt: Date | null;
  suspendedReason: string | null;
  suspendedBy: string | null;
  deleteAskedAt: Date | null;
  deleteReason: string | null;
  deleteAskedBy: string | null;
  deleteAskedInside: boolean;
  deleteAfter: Date | null;
};

/** The columns of a `StandingRow`, for a query that knows `tenants` as `t`. */
export const standingColumns = Prisma.sql`
  t.state, t.suspended_at as "suspendedAt", t.suspended_reason as "suspendedReason", t.suspended_by as "suspendedBy",
  t.delete_asked_at as "deleteAskedAt", t.delete_reason as "deleteReason", t.delete_asked_by as "deleteAskedBy",
  t.delete_asked_inside as "deleteAskedInside", t.delete_after as "deleteAfter"`;

/** What a tenant's row says of its standing. Of two closed doors the one that ends for good is told. */
export function standingOf(row: StandingRow): Standing {
  if (row.deleteAfter)
    return {
      state: 'deleting',
      since: row.deleteAskedAt?.toISOString() ?? null,
      reason: row.deleteReason,
      ask: row.deleteAskedBy,
      deleteAfter: row.deleteAfter.toISOString(),
      byOwner: row.deleteAskedInside,
    };
  if (row.state === 'active') return { state: 'active' };
  return {
    state: 'suspended',
    since: row.suspendedAt?.toISOString() ?? null,
    reason: row.suspendedReason,
    ask: row.suspendedBy,
    deleteAfter: null,
    byOwner: false,
  };
}

/** Why nothing of a tenant opens, in a sentence or two for its members. */
export function whyClosed(name: string, { state, reason, ask, deleteAfter }: Closed): string {
  const what =
    state === 'deleting'
      ? `${name} will be deleted on ${deleteAfter?.slice(0, 10)}`
      : `${name} is suspended: messages come in and are kept, none are sent`;
  return `${what}${reason ? ` (${reason})` : ''}. Ask ${ask ?? 'whoever runs this installation'}.`;
}
