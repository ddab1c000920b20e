import { newId } from '#server/db/id.ts';
import { sqlState } from '#server/db/sql-state.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { type LeadFilter, leadFilterForm } from './lead-filter.ts';
import { countMatching } from './list-leads.ts';

const mostSegments = 50;

/** A filter with a name, for the whole team. Who is in it is asked anew each time. */
export type SegmentView = { id: string; name: string; filter: LeadFilter };

/** The tenant's segments, the oldest first. */
export async function listSegments({ tenantId, db }: TenantTx): Promise<SegmentView[]> {
  const rows = await db.segment.findMany({
    where: { tenantId },
    orderBy: { id: 'asc' },
    select: { id: true, name: true, filter: true },
    take: mostSegments,
  });
  return rows.flatMap((row) => {
    const filter = leadFilterForm.safeParse(row.filter);
    return filter.success ? [{ ...row, filter: filter.data }] : [];
  });
}

/** How many are in each segment, by its id. */
export async function countSegments(tx: TenantTx) {
  const counts: Record<string, { count: number; more: boolean }> = {};
  for (const { id, filter } of await listSegments(tx)) counts[id] = await countMatching(tx, filter);
  return counts;
}

/** Refuses a name that another segment has. Returns its id. */
export async function saveSegment(
  tx: TenantTx,
  { name, filter, userId }: { name: string; filter: LeadFilter; userId: string },
): Promise<{ id: string }> {
  const { tenantId, db } = tx;
  if ((await db.segment.count({ where: { tenantId } })) >= mostSegments)
    throw new Refusal(
      'precondition',
      'too-many-segments',
      `There are ${mostSegments} segments already. Delete one first.`,
    );
  const id = newId();
  await named(name, () => db.segment.create({ data: { tenantId, id, name, filter, createdBy: userId } }));
  await publishEverything(tx);
  return { id };
}

/** Gives a segment another name, another filter, or both. */
export async function changeSegment(
  tx: TenantTx,
  { id, name, filter }: { id: string; name?: string | undefined; filter?: LeadFilter | undefined },
) {
  const { tenantId, db } = tx;
  const data = { ...(name !== undefined && { name }), ...(filter !== undefined && { filter }) };
  const { count } = await named(name ?? '', () => db.segment.updateMany({ where: { tenantId, id }, data }));
  if (count === 0) throw gone();
  await publishEverything(tx);
}

export async function deleteSegment(tx: TenantTx, id: string) {
  const { tenantId, db } = tx;
  const { count } = await db.segment.deleteMany({ where: { tenantId, id } });
  if (count === 0) throw gone();
  await publishEverything(tx);
}

const gone = () => new Refusal('not-found', 'no-segment', 'This segment does not exist any more.');

/** One name a segment, however it is written; PostgreSQL's index says so. */
async function named<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    throw new Refusal('conflict', 'name-taken', `There is a segment “${name}” already. Choose another name.`);
  }
}
