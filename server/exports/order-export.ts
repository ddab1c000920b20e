import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { listFields } from '#server/leads/fields.ts';
import type { LeadFilter } from '#server/people/lead-filter.ts';
import { Refusal } from '#server/refusal.ts';
import { columnsOf } from './columns.ts';
import type { ExportOrder } from './order.ts';

/** Orders a file of leads; a job writes it. That somebody takes leads along is in the audit log from this moment on. */
export async function orderExport(
  tx: TenantTx,
  { format, actor, ...order }: ExportOrder & { format: 'csv' | 'xlsx'; actor: UserActor },
): Promise<{ id: string }> {
  const { tenantId, db } = tx;
  if (columnsOf(order.columns, await listFields(tx)).length === 0)
    throw new Refusal('bad-input', 'no-columns', 'Choose at least one column.');
  const id = newId();
  await db.export.create({
    data: { tenantId, id, format, order, state: 'waiting', userId: actor.userId, userName: actor.name },
    select: { id: true },
  });
  const whom = 'ids' in order.who ? `${order.who.ids.length} chosen` : filterWords(order.who.filter);
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'lead.exported', subject: format.toUpperCase() },
    details: { leads: whom, columns: order.columns.join(', ').slice(0, 500) },
  });
  await enqueue(tx, 'export', [{ tenantId, exportId: id }]);
  return { id };
}

const filterWords = ({ search, conditions }: LeadFilter) =>
  search === '' && conditions.length === 0
    ? 'all'
    : `all that match ${JSON.stringify({ search, conditions })}`.slice(0, 500);
