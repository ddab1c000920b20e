import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import type { Role } from '#server/tenants/roles.ts';
import { lockMembers } from './lock-members.ts';
import { assertMayMove } from './rules.ts';

type Change = { actor: UserActor; userId: string; role: Role };

/** Gives a member another role. Throws Refusal, also when they would have been the last owner. */
export async function changeRole(tx: TenantTx, { actor, userId, role }: Change) {
  const { tenantId, db } = tx;
  const found = await lockMembers(tx, { actorId: actor.userId, targetId: userId });
  const { target, owners } = found;
  const you = userId === actor.userId;
  assertMayMove({ actor: found.actor.role, target: { ...target, you }, to: role, owners });
  if (target.role === role) return;
  await db.member.update({ where: { tenantId_userId: { tenantId, userId } }, data: { role } });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'member.role-changed', subject: `${target.name} (${target.email})` },
    details: { from: target.role, to: role },
  });
  await publishEverything(tx);
}
