import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { callGraph } from '#server/whatsapp/graph-call.ts';
import { noDraft, readDraft } from './draft.ts';

/**
 * Ends what was begun and not finished. Meta is told to send nothing here any more; where it does not listen, nothing
 * is taken at the address anyway.
 */
export async function throwAwayDraft(tenantId: string, id: string, actor: Actor): Promise<void> {
  const draft = await withTenant(tenantId, async (tx) => {
    const found = await readDraft(tx, id);
    const { count } = await tx.db.channelDraft.deleteMany({ where: { tenantId, id } });
    if (count === 0) throw noDraft();
    await recordAudit(tx, {
      ...{ tenantId, actor, action: 'channel.connecting-stopped' },
      subject: `Number id ${found.phoneNumberId}`,
    });
    return found;
  });
  // Only the subscription with our address, which nobody else can have.
  if (!draft.app) return;
  const path = `${draft.wabaId}/subscribed_apps`;
  const now = await callGraph(path, { token: draft.accessToken, patience: 3_000 });
  if (now.kind !== 'answer' || !JSON.stringify(now.body).includes(draft.key)) return;
  await callGraph(path, { method: 'DELETE', token: draft.accessToken, patience: 3_000 });
}
