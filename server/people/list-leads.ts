import type { TenantTx } from '#server/db/with-tenant.ts';
import { countLeads, findLeads, type LeadSort } from './find-leads.ts';
import type { LeadFilter } from './lead-filter.ts';

const pageSize = 100;
/** Counts stop here, so that they cost the same however large the tenant is. */
const mostCounted = 20_000;

export type LeadRow = {
  id: string;
  /** As they are called: as imported or edited, otherwise as on WhatsApp; null where nobody knows. */
  name: string | null;
  /** Digits with the country code. */
  phone: string | null;
  email: string | null;
  /** A BCP 47 tag. */
  language: string | null;
  labelIds: string[];
  holder: { kind: 'bot' } | { kind: 'nobody' } | { kind: 'member'; userId: string; name: string };
  consent: 'unknown' | 'in' | 'out';
  blocked: boolean;
  source: 'import' | 'wrote' | 'hand' | 'ad';
  fields: Record<string, unknown>;
  /** ISO 8601. */
  lastAt: string | null;
  createdAt: string;
};

type Row = Omit<LeadRow, 'holder' | 'lastAt' | 'createdAt'> & {
  holder: string;
  holderId: string | null;
  holderName: string | null;
  lastAt: Date | null;
  createdAt: Date;
};

/** A page of the leads that match; `next` is the cursor of the page after it, null at the end. */
export async function listLeads(
  tx: TenantTx,
  { filter, sort, cursor }: { filter: LeadFilter; sort: LeadSort; cursor: string | null },
): Promise<{ rows: LeadRow[]; next: string | null }> {
  const found = await findLeads(tx, { filter, sort, cursor, most: pageSize + 1 });
  const page = found.slice(0, pageSize);
  const rows = await readRows(
    tx,
    page.map(({ id }) => id),
  );
  return { rows, next: found.length > pageSize ? (page.at(-1)?.place ?? null) : null };
}

/** How many match: `more` where there are more than `count`. */
export async function countMatching(tx: TenantTx, filter: LeadFilter) {
  const count = await countLeads(tx, filter, mostCounted + 1);
  return { count: Math.min(count, mostCounted), more: count > mostCounted };
}

/** These and no others are joined, each by its key. */
async function readRows(tx: TenantTx, ids: string[]): Promise<LeadRow[]> {
  const rows = await tx.db.$queryRaw<Row[]>`
    select l.id, coalesce(l.name, l.profile_name, '@' || l.username) as name, l.email, l.language, l.label_ids as "labelIds",
           l.consent, l.blocked_at is not null as blocked, l.source, l.fields, l.created_at as "createdAt",
           (select raw from addresses a where a.tenant_id = l.tenant_id and a.lead_id = l.id and a.kind = 'phone'
              order by a.id limit 1) as phone,
           c.last_at as "lastAt", case when l.assignee_id is null then coalesce(c.holder, 'nobody') else 'member' end as holder,
           coalesce(l.assignee_id, c.assignee_id) as "holderId", u.name as "holderName"
    from unnest(${ids}::uuid[]) with ordinality as wanted (id, place)
    cross join lateral (
      select * from leads where tenant_id = ${tx.tenantId}::uuid and id = wanted.id limit 1) l
    left join lateral (
      select last_at, holder, assignee_id from conversations x where x.tenant_id = l.tenant_id and x.lead_id = l.id
      order by x.last_at desc, x.id desc limit 1) c on true
    left join lateral (select name from users where id = coalesce(l.assignee_id, c.assignee_id) limit 1) u on true
    order by wanted.place`;
  return rows.map(({ holder, holderId, holderName, lastAt, createdAt, ...row }) => ({
    ...row,
    holder: holderView(holder, holderId, holderName),
    lastAt: lastAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }));
}

function holderView(holder: string, userId: string | null, name: string | null): LeadRow['holder'] {
  if (holder === 'bot') return { kind: 'bot' };
  if (holder !== 'member' || userId === null) return { kind: 'nobody' };
  return { kind: 'member', userId, name: name ?? 'A former member' };
}
