import { z } from 'zod';
import type { TenantTx } from '#server/db/with-tenant.ts';

const pageSize = 50;
const placeForm = z.string().regex(/^\d{1,15}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** Something that happened to a lead. `kind` says what; `detail` is its words, such as a label's name. */
export type TimelineItem = {
  id: string;
  /** ISO 8601. */
  at: string;
  kind: string;
  who: string | null;
  detail: Record<string, unknown>;
};

/**
 * What happened to a lead, the newest first: what members did, imports, consents, merges, conversations that began, were
 * closed, opened and changed hands, and the first message. Each source gives a page at most, by its own index.
 */
export async function readTimeline(
  tx: TenantTx,
  { leadId, cursor }: { leadId: string; cursor: string | null },
): Promise<{ items: TimelineItem[]; next: string | null }> {
  const [time = '', id = 'ffffffff-ffff-ffff-ffff-ffffffffffff'] =
    placeForm.safeParse(cursor).data?.split('_') ?? [];
  const at = time === '' ? 'infinity' : new Date(Number(time)).toISOString();
  const most = pageSize + 1;
  const rows = await tx.db.$queryRaw<(Omit<TimelineItem, 'at'> & { at: Date })[]>`
    with place as (select ${at}::text::timestamptz as at, ${id}::uuid as id, ${tx.tenantId}::uuid as tenant, ${leadId}::uuid as lead)
    select e.id, e.at, e.kind, e.who, e.detail from place cross join lateral (
      (select id, date_trunc('milliseconds', at) as at, kind, actor_name as who, detail from lead_events
       where tenant_id = place.tenant and lead_id = place.lead and (at, id) < (place.at, place.id)
       order by at desc, id desc limit ${most}::int)
      union all
      (select i.id, coalesce(i.finished_at, i.started_at, i.created_at), 'imported', i.user_name,
              jsonb_build_object('name', i.file_name, 'line', r.line, 'new', r.before is null)
       from import_rows r join imports i on i.tenant_id = r.tenant_id and i.id = r.import_id
       where r.tenant_id = place.tenant and r.lead_id = place.lead
         and (coalesce(i.finished_at, i.started_at, i.created_at), i.id) < (place.at, place.id)
       order by 2 desc, 1 desc limit ${most}::int)
      union all
      (select id, at, 'consent-' || state, actor_name, jsonb_build_object('source', source, 'proof', left(proof, 500))
       from consents where tenant_id = place.tenant and lead_id = place.lead and (at, id) < (place.at, place.id)
       order by at desc, id desc limit ${most}::int)
      union all
      (select c.id, c.created_at, 'conversation', null, jsonb_build_object('name', ch.name)
       from conversations c join channels ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
       where c.tenant_id = place.tenant and c.lead_id = place.lead and (c.created_at, c.id) < (place.at, place.id)
       order by 2 desc, 1 desc limit ${most}::int)
      union all
      (select v.id, v.at, 'conversation-' || v.kind, u.name, jsonb_build_object('name', v.detail)
       from conversations c join lateral (
         select * from conversation_events v where v.tenant_id = c.tenant_id and v.conversation_id = c.id
           and v.kind not in ('opted-out', 'opted-in', 'blocked', 'unblocked')
           and (v.at, v.id) < (place.at, place.id) order by v.at desc, v.id desc limit ${most}::int) v on true
       left join users u on u.id = v.actor_id
       where c.tenant_id = place.tenant and c.lead_id = place.lead
       order by 2 desc, 1 desc limit ${most}::int)
      union all
      (select m.id, m.at, 'first-message', null, jsonb_build_object('name', left(m.body, 200))
       from conversations c cross join lateral (
         select id, at, body from messages m where m.tenant_id = c.tenant_id and m.conversation_id = c.id
           and m.direction = 'inbound' order by m.at, m.id limit 1) m
       where c.tenant_id = place.tenant and c.lead_id = place.lead and (m.at, m.id) < (place.at, place.id)
       order by 2, 1 limit 1)
    ) e order by e.at desc, e.id desc limit ${most}::int`;
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ ...row, at: row.at.toISOString() })),
    next: rows.length > pageSize && last ? `${last.at.getTime()}_${last.id}` : null,
  };
}
