import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';

type Row = {
  id: string;
  name: string | null;
  profileName: string | null;
  username: string | null;
  email: string | null;
  language: string | null;
  fields: Record<string, unknown>;
  labelIds: string[];
  source: 'import' | 'wrote' | 'hand' | 'ad';
  consent: 'unknown' | 'in' | 'out';
  blockedAt: Date | null;
  deletedAt: Date | null;
  mergedInto: string | null;
  createdAt: Date;
  assigneeId: string | null;
  assigneeName: string | null;
};

/** One lead, with addresses, conversations (the newest first) and notes. Refuses when the tenant has none with this id. */
export async function readLead(tx: TenantTx, { id, userId }: { id: string; userId: string }) {
  const { tenantId, db } = tx;
  const [row] = await db.$queryRaw<Row[]>`
    select l.id, l.name, l.profile_name as "profileName", l.username, l.email, l.language, l.fields, l.label_ids as "labelIds",
           l.source, l.consent, l.blocked_at as "blockedAt", l.deleted_at as "deletedAt", l.merged_into as "mergedInto",
           l.created_at as "createdAt", l.assignee_id as "assigneeId", u.name as "assigneeName"
    from leads l left join users u on u.id = l.assignee_id
    where l.tenant_id = ${tenantId}::uuid and l.id = ${id}::uuid`;
  if (!row) throw noLead();
  const addresses = await db.address.findMany({
    where: { tenantId, leadId: id },
    orderBy: { id: 'asc' },
    select: { id: true, kind: true, value: true, raw: true },
    take: 50,
  });
  const conversations = await db.$queryRaw<
    { id: string; channel: string; open: boolean; holder: string; holderName: string | null; lastAt: Date }[]
  >`
    select c.id, ch.name as channel, c.open, c.holder, u.name as "holderName", c.last_at as "lastAt"
    from conversations c join channels ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
    left join users u on u.id = c.assignee_id
    where c.tenant_id = ${tenantId}::uuid and c.lead_id in (
      -- Of who was merged into them too, where they had one of their own on that channel.
      select ${id}::uuid union all select m.id from leads m where m.tenant_id = ${tenantId}::uuid and m.merged_into = ${id}::uuid)
    order by c.last_at desc, c.id desc limit 50`;
  const notes = await db.leadNote.findMany({
    where: { tenantId, leadId: id },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { id: true, authorId: true, authorName: true, body: true, at: true, editedAt: true },
    take: 200,
  });
  return {
    ...row,
    blockedAt: row.blockedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    addresses: addresses.map((one) => ({
      ...one,
      kind: one.kind === 'phone' ? ('phone' as const) : ('bsuid' as const),
    })),
    conversations: conversations.map((one) => ({ ...one, lastAt: one.lastAt.toISOString() })),
    notes: notes.map(({ authorId, at, editedAt, ...note }) => ({
      ...note,
      yours: authorId === userId,
      at: at.toISOString(),
      editedAt: editedAt?.toISOString() ?? null,
    })),
  };
}

export const noLead = () => new Refusal('not-found', 'no-lead', 'This lead does not exist.');
