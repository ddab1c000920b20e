import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { lockMembers } from './lock-members.ts';
import { lockOpenInvitation } from './open-invitation.ts';
import { assertMayGive } from './rules.ts';

type Revocation = { actor: UserActor; invitationId: string };

/** Withdraws an invitation: its link says so from now on. Throws Refusal. */
export async function revokeInvitation(tx: TenantTx, { actor, invitationId }: Revocation, now = new Date()) {
  const { tenantId, db } = tx;
  const found = await lockMembers(tx, { actorId: actor.userId, targetId: actor.userId });
  const { id, email, role } = await lockOpenInvitation(tx, invitationId);
  assertMayGive(found.actor.role, role);
  await db.invitation.update({ where: { tenantId_id: { tenantId, id } }, data: { revokedAt: now } });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'member.invitation-withdrawn', subject: email, details: { role } },
  });
  await publishEverything(tx);
}
