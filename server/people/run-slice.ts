import {
  assignConversations,
  giveBackConversations,
  type Handed,
} from '#server/conversations/assign-conversations.ts';
import { newId } from '#server/db/id.ts';
import { Prisma } from '#server/db/sql.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { type BulkState, type Deed, type Order, orderForm } from './bulk-change.ts';
import { leadsAfter } from './find-leads.ts';

type Change = {
  id: string;
  userId: string;
  userName: string;
  state: BulkState;
  order: unknown;
  done: number;
  createdAt: Date;
};

/**
 * Takes a bulk change, or its undo, one slice further: the leads, what they were, their timelines and how far it is
 * change in one transaction, so that it goes on after a crash without doing anything twice.
 */
export async function runSlice(tx: TenantTx, changeId: string, most: number): Promise<'more' | 'finished'> {
  const { tenantId, db } = tx;
  const [change] = await db.$queryRaw<Change[]>`
    select id, user_id as "userId", user_name as "userName", state, "order", done, created_at as "createdAt"
    from bulk_changes where tenant_id = ${tenantId}::uuid and id = ${changeId}::uuid for update`;
  if (!change || change.state === 'finished' || change.state === 'undone') return 'finished';
  const order = orderForm.parse(change.order);
  const undoing = change.state === 'undoing';
  const { ids, changed } = await (undoing
    ? restoreNext(tx, change, order, most)
    : changeNext(tx, change, order, most));
  const isLast = ids.length < most;
  await db.bulkChange.update({
    where: { tenantId_id: { tenantId, id: changeId } },
    data: {
      state: undoing ? (isLast ? 'undone' : 'undoing') : isLast ? 'finished' : 'running',
      done: { increment: ids.length },
      order: {
        ...order,
        after: ids.at(-1) ?? order.after,
        ...(undoing && { restored: order.restored + changed }),
      },
      ...(!undoing && { changed: { increment: changed } }),
      ...(isLast && { finishedAt: new Date() }),
    },
    select: { id: true },
  });
  if (!isLast) return 'more';
  await publishEverything(tx);
  return 'finished';
}

async function changeNext(tx: TenantTx, change: Change, { who, deed, name, after }: Order, most: number) {
  const ids =
    'ids' in who
      ? who.ids.slice(change.done, change.done + most)
      : await leadsAfter(tx, { filter: who.filter, after, until: change.createdAt, most });
  return { ids, changed: ids.length === 0 ? 0 : await apply(tx, change, deed, name, ids) };
}

async function apply(
  tx: TenantTx,
  change: Change,
  deed: Deed,
  name: string | null,
  ids: string[],
): Promise<number> {
  const { tenantId, db } = tx;
  const handed =
    deed.kind === 'assign' && deed.userId !== null
      ? await handOver(tx, change, deed.userId, name ?? '', ids)
      : [];
  const { untouched, set, before } = changes(deed, handed);
  return db.$executeRaw`
    with picked as materialized (
      select id, label_ids, assignee_id from leads l
      where tenant_id = ${tenantId}::uuid and id = any(${ids}::uuid[]) and deleted_at is null and merged_into is null
        and not (${untouched})
      order by id for no key update
    ), changed as (
      update leads l set ${set} from picked p where l.tenant_id = ${tenantId}::uuid and l.id = p.id
      returning l.id, l.revision, ${before} as before
    ), kept as (
      insert into bulk_change_rows (tenant_id, change_id, lead_id, before, revision)
      select ${tenantId}::uuid, ${change.id}::uuid, id, before, revision from changed
    )
    insert into lead_events (tenant_id, id, lead_id, kind, actor_id, actor_name, detail)
    select ${tenantId}::uuid, (${ids.map(() => newId())}::uuid[])[row_number() over ()], id, ${eventKinds[deed.kind]}::text,
           ${change.userId}::uuid, ${change.userName}::text, ${JSON.stringify({ name })}::jsonb
    from changed`;
}

/** Conversations first, then leads: in the order in which an incoming message takes them. */
async function handOver(tx: TenantTx, change: Change, userId: string, name: string, ids: string[]) {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id from leads where tenant_id = ${tx.tenantId}::uuid and id = any(${ids}::uuid[])
      and deleted_at is null and merged_into is null and assignee_id is distinct from ${userId}::uuid`;
  return assignConversations(
    tx,
    rows.map(({ id }) => id),
    { userId, name, actorId: change.userId, now: new Date() },
  );
}

const eventKinds = {
  label: 'labelled',
  unlabel: 'unlabelled',
  assign: 'assigned',
  delete: 'deleted',
} as const;

/** Which leads stay as they are, what the others become, and what an undo has to know. */
function changes(deed: Deed, handed: Handed[]) {
  const labels = Prisma.sql`jsonb_build_object('labelIds', p.label_ids)`;
  switch (deed.kind) {
    case 'label': {
      const id = Prisma.sql`${deed.labelId}::uuid`;
      const set = Prisma.sql`label_ids = l.label_ids || ${id}`;
      return { untouched: Prisma.sql`${id} = any(label_ids)`, set, before: labels };
    }
    case 'unlabel': {
      const id = Prisma.sql`${deed.labelId}::uuid`;
      const set = Prisma.sql`label_ids = array_remove(l.label_ids, ${id})`;
      return { untouched: Prisma.sql`${id} <> all(label_ids)`, set, before: labels };
    }
    case 'assign': {
      const byLead = Object.groupBy(handed, ({ leadId }) => leadId);
      return {
        untouched: Prisma.sql`assignee_id is not distinct from ${deed.userId}::uuid`,
        set: Prisma.sql`assignee_id = ${deed.userId}::uuid`,
        before: Prisma.sql`jsonb_build_object('assigneeId', p.assignee_id,
          'conversations', coalesce(${JSON.stringify(byLead)}::jsonb -> p.id::text, '[]'))`,
      };
    }
    case 'delete':
      return {
        untouched: Prisma.sql`false`,
        set: Prisma.sql`deleted_at = now()`,
        before: Prisma.sql`'{}'::jsonb`,
      };
  }
}

type Kept = { leadId: string; before: { conversations?: Handed[] } };

async function restoreNext(tx: TenantTx, change: Change, order: Order, most: number) {
  const { deed, after } = order;
  const by = order.undoneBy ?? { userId: change.userId, name: change.userName };
  const { tenantId, db } = tx;
  const rows = await db.$queryRaw<Kept[]>`
    select lead_id as "leadId", before from bulk_change_rows
    where tenant_id = ${tenantId}::uuid and change_id = ${change.id}::uuid
      and lead_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000') order by lead_id limit ${most}::int`;
  const ids = rows.map(({ leadId }) => leadId);
  if (ids.length === 0) return { ids, changed: 0 };
  const { set, kind, name } = reversals[deed.kind];
  const restored = await db.$queryRaw<{ leadId: string }[]>`
    with picked as materialized (
      select l.id, r.before from bulk_change_rows r
      join leads l on l.tenant_id = r.tenant_id and l.id = r.lead_id and l.revision = r.revision
      where r.tenant_id = ${tenantId}::uuid and r.change_id = ${change.id}::uuid and r.lead_id = any(${ids}::uuid[])
      order by l.id for no key update of l
    ), restored as (
      update leads l set ${set} from picked p where l.tenant_id = ${tenantId}::uuid and l.id = p.id
      returning l.id, ${name} as name
    ), told as (
      insert into lead_events (tenant_id, id, lead_id, kind, actor_id, actor_name, detail)
      select ${tenantId}::uuid, (${ids.map(() => newId())}::uuid[])[row_number() over ()], id, ${kind}::text,
             ${by.userId}::uuid, ${by.name}::text,
             jsonb_build_object('undo', true, 'name', coalesce(name, ${order.name}::text))
      from restored
    )
    select id as "leadId" from restored`;
  await giveBack(tx, by.userId, deed, rows, new Set(restored.map(({ leadId }) => leadId)));
  return { ids, changed: restored.length };
}

const former = Prisma.sql`(select array(select jsonb_array_elements_text(p.before -> 'labelIds')::uuid))`;
const formerMember = Prisma.sql`(
  select m.user_id from members m where m.tenant_id = l.tenant_id and m.user_id = (p.before ->> 'assigneeId')::uuid)`;
const none = Prisma.sql`null::text`;

/** A label that a person had before is there again; a member who has left since gets nobody back. */
const reversals = {
  label: { set: Prisma.sql`label_ids = ${former}`, kind: 'unlabelled', name: none },
  unlabel: { set: Prisma.sql`label_ids = ${former}`, kind: 'labelled', name: none },
  assign: {
    set: Prisma.sql`assignee_id = ${formerMember}`,
    kind: 'assigned',
    name: Prisma.sql`coalesce((select u.name from users u where u.id = l.assignee_id), '')`,
  },
  delete: { set: Prisma.sql`deleted_at = null`, kind: 'restored', name: none },
} as const;

async function giveBack(tx: TenantTx, actorId: string, deed: Deed, rows: Kept[], restored: Set<string>) {
  if (deed.kind !== 'assign' || deed.userId === null) return;
  const before = rows.flatMap((row) => (restored.has(row.leadId) ? (row.before.conversations ?? []) : []));
  if (before.length === 0) return;
  await giveBackConversations(tx, before, { userId: deed.userId, actorId, now: new Date() });
}
