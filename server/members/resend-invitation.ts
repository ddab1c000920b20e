import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { hashToken, newToken } from './invitation-token.ts';
import { expiryFrom, writeInvitation } from './invite-member.ts';
import { lockMembers } from './lock-members.ts';
import { lockOpenInvitation } from './open-invitation.ts';
import { assertMayGive } from './rules.ts';

// Milliseconds. Somebody who clicks twice does not write twice.
const pause = 60_000;

type Again = { actor: UserActor; invitationId: string };

/** Writes once more, with a new link that lasts as long as a new invitation's; the older link is worth nothing from now on. */
export async function resendInvitation(tx: TenantTx, { actor, invitationId }: Again, now = new Date()) {
  const { tenantId, db } = tx;
  const found = await lockMembers(tx, { actorId: actor.userId, targetId: actor.userId });
  const { id, email, role, sentAt } = await lockOpenInvitation(tx, invitationId);
  assertMayGive(found.actor.role, role);
  if (now.getTime() - sentAt.getTime() < pause)
    throw new Refusal('too-many', 'sent-just-now', 'The letter left a moment ago. Wait a minute.');
  const token = newToken();
  await db.invitation.update({
    where: { tenantId_id: { tenantId, id } },
    data: { tokenHash: hashToken(token), inviterName: actor.name, sentAt: now, expiresAt: expiryFrom(now) },
  });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'member.invited-again', subject: email, details: { role } },
  });
  await writeInvitation(tx, { email, role, token, inviter: actor.name });
  await publishEverything(tx);
}
