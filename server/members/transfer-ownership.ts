import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { may, whoMay } from '#server/tenants/roles.ts';
import { lockMembers } from './lock-members.ts';

type Transfer = { actor: UserActor; userId: string };

/** Makes another member the owner in the asker's place, who stays as an admin. Throws Refusal. */
export async function transferOwnership(tx: TenantTx, { actor, userId }: Transfer) {
  const { tenantId, db } = tx;
  if (userId === actor.userId)
    throw new Refusal('bad-input', 'yourself', 'You are the owner already. Choose somebody else.');
  const found = await lockMembers(tx, { actorId: actor.userId, targetId: userId });
  if (!may(found.actor.role, 'tenant.transfer'))
    throw new Refusal('not-allowed', 'role', whoMay('tenant.transfer'));
  const place = (id: string) => ({ tenantId_userId: { tenantId, userId: id } });
  // In this order: there is no moment without an owner, and PostgreSQL sees to that.
  await db.member.update({ where: place(userId), data: { role: 'owner' } });
  await db.member.update({ where: place(actor.userId), data: { role: 'admin' } });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'tenant.ownership-transferred' },
    subject: `${found.target.name} (${found.target.email})`,
    details: { from: found.actor.email, to: found.target.email },
  });
  await publishEverything(tx);
}
