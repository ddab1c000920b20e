import { Prisma } from '#server/db/sql.ts';
import type { Db } from '#server/db/transaction.ts';

/** Whose log: a tenant's, or, with null, the platform's own. */
export type Log = { db: Db; tenantId: string | null };

/** What to look for. Days are the tenant's own, the platform's are UTC's, "2026-11-24", both included. */
export type AuditFilter = {
  /** A user's id, or "system" for what no person did. */
  who: string | null;
  /** The beginning of the action's name, such as "member". */
  what: string | null;
  firstDay: string | null;
  lastDay: string | null;
};

export type AuditRow = {
  id: string;
  /** ISO 8601. */
  at: string;
  who: string;
  address: string | null;
  device: string | null;
  action: string;
  subject: string | null;
  details: Record<string, string | number | boolean | null>;
};

type Row = Omit<AuditRow, 'at'> & { at: Date };
type Page = { rows: AuditRow[]; next: string | null };

/** The newest entries that match, `most` at a time; `cursor` is an earlier page's `next`. */
export async function listEntries(
  { tenantId, db }: Log,
  filter: AuditFilter & { cursor: string | null; most?: number },
): Promise<Page> {
  const { cursor, most = 50 } = filter;
  const rows = await db.$queryRaw<Row[]>`
    select id, at, actor_name as who, address, device, action, subject, details from audit
    where ${isOf(tenantId)} ${matching(tenantId, filter)} ${after(cursor)}
    order by at desc, id desc limit ${most + 1}::int`;
  const shown = rows.slice(0, most);
  const last = shown.at(-1);
  return {
    rows: shown.map((row) => ({ ...row, at: row.at.toISOString() })),
    next: rows.length > most && last ? `${last.at.toISOString()} ${last.id}` : null,
  };
}

export const isOf = (tenantId: string | null) =>
  tenantId === null ? Prisma.sql`tenant_id is null` : Prisma.sql`tenant_id = ${tenantId}::uuid`;

function matching(tenantId: string | null, { who, what, firstDay, lastDay }: AuditFilter) {
  // A day begins when the tenant's clocks say so.
  const start = (
    day: string,
    later: number,
  ) => Prisma.sql`((${day}::date + ${later}::int)::timestamp at time zone
    coalesce((select t.time_zone from tenants t where t.id = ${tenantId}::uuid), 'UTC'))`;
  return Prisma.join(
    [
      Prisma.empty,
      ...(who === 'system' ? [Prisma.sql`actor_id is null`] : []),
      ...(who !== null && who !== 'system' ? [Prisma.sql`actor_id = ${who}::uuid`] : []),
      ...(what === null ? [] : [Prisma.sql`split_part(action, '.', 1) = ${what}`]),
      ...(firstDay === null ? [] : [Prisma.sql`at >= ${start(firstDay, 0)}`]),
      ...(lastDay === null ? [] : [Prisma.sql`at < ${start(lastDay, 1)}`]),
    ],
    ' and ',
  );
}

function after(cursor: string | null) {
  if (cursor === null) return Prisma.empty;
  const [at, id] = cursor.split(' ');
  return Prisma.sql`and (at, id) < (${at}::timestamptz, ${id}::uuid)`;
}
