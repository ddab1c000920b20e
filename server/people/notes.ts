import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { noLead } from './read-lead.ts';

/** Keeps something for the team that the lead never sees. */
export async function addNote(
  tx: TenantTx,
  { leadId, body, userId, userName }: { leadId: string; body: string; userId: string; userName: string },
) {
  const { tenantId, db } = tx;
  if ((await db.lead.count({ where: { tenantId, id: leadId } })) === 0) throw noLead();
  const id = newId();
  await db.leadNote.create({
    data: { tenantId, id, leadId, body, authorId: userId, authorName: userName },
    select: { id: true },
  });
  await publishEverything(tx);
  return { id };
}

/** Refuses another's note. */
export async function editNote(
  tx: TenantTx,
  { id, body, userId }: { id: string; body: string; userId: string },
) {
  const { tenantId, db } = tx;
  const { count } = await db.leadNote.updateMany({
    where: { tenantId, id, authorId: userId },
    data: { body, editedAt: new Date() },
  });
  if (count === 0) throw notYours();
  await publishEverything(tx);
}

/** Refuses another's note. */
export async function deleteNote(tx: TenantTx, { id, userId }: { id: string; userId: string }) {
  const { tenantId, db } = tx;
  const { count } = await db.leadNote.deleteMany({ where: { tenantId, id, authorId: userId } });
  if (count === 0) throw notYours();
  await publishEverything(tx);
}

const notYours = () => new Refusal('not-found', 'no-note', 'There is no such note of yours.');
