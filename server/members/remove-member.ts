import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { releaseConversations } from '#server/conversations/release-conversations.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { releaseLeads } from '#server/leads/release-leads.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { lockMembers } from './lock-members.ts';
import { assertMayMove } from './rules.ts';

type Removal = { actor: UserActor; userId: string };

/**
 * Takes somebody's place away, or gives up one's own. What they held returns to the team, and their open pages of this
 * tenant close: the tables tell that themselves. Returns how many open conversations returned. Throws Refusal, also
 * when they are the last owner.
 */
export async function removeMember(tx: TenantTx, { actor, userId }: Removal): Promise<{ returned: number }> {
  const { tenantId, db } = tx;
  const found = await lockMembers(tx, { actorId: actor.userId, targetId: userId });
  const { target, owners } = found;
  const you = userId === actor.userId;
  assertMayMove({ actor: found.actor.role, target: { ...target, you }, to: null, owners });
  // First the place, so that whoever is about to take a conversation over is waited for, or finds it gone.
  await db.member.delete({ where: { tenantId_userId: { tenantId, userId } } });
  const { open } = await releaseConversations(tx, userId, target.name);
  await releaseLeads(tx, userId);
  await recordAudit(tx, {
    ...{ tenantId, actor, action: you ? 'member.left' : 'member.removed' },
    subject: `${target.name} (${target.email})`,
    details: { role: target.role, conversations: open },
  });
  await publishEverything(tx);
  return { returned: open };
}
