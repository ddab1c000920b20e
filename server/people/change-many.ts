import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { newId } from '#server/db/id.ts';
import { Prisma } from '#server/db/sql.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { Refusal } from '#server/refusal.ts';
import { type BulkView, type Deed, type Order, orderForm, slice, type Who } from './bulk-change.ts';
import { countLeads } from './find-leads.ts';
import { runSlice } from './run-slice.ts';

/** More than any tenant has. */
const all = 100_000_000;

type Change = { deed: Deed; who: Who; actor: UserActor };

/**
 * Does one thing to many leads: a slice at once, so that a few are done when this returns, the rest by a job that goes on
 * wherever it was stopped. Every lead's state before is kept, for the undo. Refuses a label or a member that is not there.
 */
export async function changeMany(tx: TenantTx, { deed, who, actor }: Change): Promise<BulkView> {
  const { tenantId, db } = tx;
  const name = await nameOf(tx, deed);
  const meant = 'ids' in who ? await countThere(tx, who.ids) : await countLeads(tx, who.filter, all);
  if (meant === 0) throw new Refusal('not-found', 'nobody', 'None of these leads is there any more.');
  const id = newId();
  const order: Order = {
    ...{ deed, name, after: null, restored: 0, undoneBy: null },
    // In the order in which they are worked through.
    who: 'ids' in who ? { ids: [...new Set(who.ids)].sort() } : who,
  };
  await db.bulkChange.create({
    data: {
      ...{ tenantId, id, userId: actor.userId, userName: actor.name, kind: deed.kind },
      ...{ order, state: 'waiting', meant },
    },
    select: { id: true },
  });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: actions[deed.kind], subject: leadWords(meant) },
    details: { leads: meant, ...(name !== null && { [deed.kind === 'assign' ? 'to' : 'label']: name }) },
  });
  await goOn(tx, id);
  return readChange(tx, id);
}

/**
 * Restores what a bulk change changed, where nobody has touched the lead since. A change that still runs is stopped
 * where it is. Refuses one that is undone already.
 */
export async function undoChange(
  tx: TenantTx,
  { id, actor }: { id: string; actor: UserActor },
): Promise<BulkView> {
  const { tenantId, db } = tx;
  const rows = await db.$queryRaw<{ state: string; order: unknown; changed: number; kind: Deed['kind'] }[]>`
    select state, "order", changed, kind from bulk_changes where tenant_id = ${tenantId}::uuid and id = ${id}::uuid
    for update`;
  const [row] = rows;
  if (!row) throw gone();
  if (row.state === 'undoing' || row.state === 'undone')
    throw new Refusal('conflict', 'undone', 'This change has been undone already.');
  const order: Order = {
    ...orderForm.parse(row.order),
    ...{ after: null, restored: 0, undoneBy: { userId: actor.userId, name: actor.name } },
  };
  if (order.deed.kind === 'unlabel') await restoreLabel(tx, order.deed.labelId, order.name ?? '');
  await db.bulkChange.update({
    where: { tenantId_id: { tenantId, id } },
    data: { state: 'undoing', done: 0, order },
    select: { id: true },
  });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'lead.change-undone', subject: leadWords(row.changed) },
    details: { change: row.kind },
  });
  await goOn(tx, id);
  return readChange(tx, id);
}

/** One that was deleted since is there again, unless another has its name by now. */
async function restoreLabel({ tenantId, db }: TenantTx, id: string, name: string) {
  const made = await db.$executeRaw`
    insert into labels (tenant_id, id, name) values (${tenantId}::uuid, ${id}::uuid, ${name}::text)
    on conflict do nothing`;
  if (made > 0 || (await db.label.count({ where: { tenantId, id } })) > 0) return;
  throw new Refusal(
    'conflict',
    'label-name',
    `There is another label “${name}” by now. Give that one another name, then undo this.`,
  );
}

/** How far a bulk change is. */
export async function readChange(tx: TenantTx, id: string): Promise<BulkView> {
  const [row] = await viewChanges(tx, Prisma.sql`and id = ${id}::uuid`);
  if (!row) throw gone();
  const { by: _by, at: _at, ...view } = row;
  return view;
}

/** The last hundred bulk changes, the newest first: who did what to how many, and what came of it. */
export async function listChanges(tx: TenantTx) {
  const rows = await viewChanges(tx, Prisma.sql`order by created_at desc, id desc limit 100`);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Without whom it is about, which may be thousands. */
const viewChanges = ({ tenantId, db }: TenantTx, which: Prisma.Sql) =>
  db.$queryRaw<(BulkView & { by: string; at: Date })[]>`
    select id, kind, "order" ->> 'name' as name, state, meant, done, changed,
           coalesce(("order" ->> 'restored')::int, 0) as restored, user_name as by, created_at as at
    from bulk_changes where tenant_id = ${tenantId}::uuid ${which}`;

/** Jobs come last in a transaction that locks rows. */
async function goOn(tx: TenantTx, changeId: string) {
  if ((await runSlice(tx, changeId, slice / 2)) === 'more')
    await enqueue(tx, 'bulk-change', [{ tenantId: tx.tenantId, changeId }]);
}

const countThere = ({ tenantId, db }: TenantTx, ids: string[]) =>
  db.lead.count({ where: { tenantId, id: { in: ids }, deletedAt: null, mergedInto: null } });

const gone = () => new Refusal('not-found', 'no-change', 'This change does not exist any more.');

const actions = {
  label: 'lead.labelled',
  unlabel: 'lead.unlabelled',
  assign: 'lead.assigned',
  delete: 'lead.deleted',
} as const;

const leadWords = (count: number) => (count === 1 ? '1 lead' : `${count.toLocaleString('en')} leads`);

async function nameOf({ tenantId, db }: TenantTx, deed: Deed): Promise<string | null> {
  if (deed.kind === 'label' || deed.kind === 'unlabel') {
    const label = await db.label.findFirst({ where: { tenantId, id: deed.labelId }, select: { name: true } });
    if (!label) throw new Refusal('not-found', 'no-label', 'This label does not exist any more.');
    return label.name;
  }
  if (deed.kind === 'delete' || deed.userId === null) return null;
  const [member] = await db.$queryRaw<{ name: string }[]>`
    select u.name from members m join users u on u.id = m.user_id
    where m.tenant_id = ${tenantId}::uuid and m.user_id = ${deed.userId}::uuid`;
  if (!member) throw new Refusal('not-found', 'no-member', 'Not found.');
  return member.name;
}
