import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { demandRoom } from '#server/capacity/demand-room.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { queueMail } from '#server/mail/send-mail.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import type { Role } from '#server/tenants/roles.ts';
import { invitationLetter } from './invitation-letter.ts';
import { hashToken, newToken } from './invitation-token.ts';
import { lockMembers } from './lock-members.ts';
import { assertMayGive, invitationLastsDays } from './rules.ts';

type Invitation = { actor: UserActor; email: string; role: Role };

// Letters are ours to answer for: nobody fills strangers' mailboxes through us.
const mostInOneDay = 100;

/** Writes to somebody that a place waits for them, by a link of theirs alone. Throws Refusal. */
export async function inviteMember(tx: TenantTx, { actor, email, role }: Invitation, now = new Date()) {
  const { tenantId, db } = tx;
  const found = await lockMembers(tx, { actorId: actor.userId, targetId: actor.userId });
  assertMayGive(found.actor.role, role);
  await assertNew(tx, email, now);
  await demandRoom(tx, 'members');
  const token = newToken();
  const id = newId();
  await db.invitation.create({
    data: {
      ...{ tenantId, id, email, role, tokenHash: hashToken(token), inviterName: actor.name },
      ...{ createdAt: now, sentAt: now, expiresAt: expiryFrom(now) },
    },
  });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'member.invited', subject: email, details: { role } },
  });
  await writeInvitation(tx, { email, role, token, inviter: actor.name });
  await publishEverything(tx);
  return { id };
}

/** Queues the letter with the link, in the same transaction. */
export async function writeInvitation(
  tx: TenantTx,
  invitation: { email: string; role: Role; token: string; inviter: string },
) {
  const { name } = await tx.db.tenant.findFirstOrThrow({
    where: { id: tx.tenantId },
    select: { name: true },
  });
  await queueMail(tx, invitationLetter({ ...invitation, tenant: name }));
}

export const expiryFrom = (now: Date) => new Date(now.getTime() + invitationLastsDays * 24 * 3_600_000);

async function assertNew({ tenantId, db }: TenantTx, email: string, now: Date) {
  if (await db.member.findFirst({ where: { tenantId, user: { email } }, select: { userId: true } }))
    throw new Refusal('conflict', 'member', `${email} is a member already.`);
  const open = { tenantId, email, acceptedAt: null, revokedAt: null };
  const waiting = await db.invitation.findFirst({ where: open, select: { expiresAt: true } });
  if (waiting)
    throw new Refusal(
      'conflict',
      'invited',
      waiting.expiresAt > now
        ? `${email} is invited already. Send the letter again, or withdraw the invitation first.`
        : `${email} was invited and the invitation has expired. Send it again.`,
    );
  const dayAgo = new Date(now.getTime() - 24 * 3_600_000);
  if ((await db.invitation.count({ where: { tenantId, createdAt: { gt: dayAgo } } })) >= mostInOneDay)
    throw new Refusal(
      'too-many',
      'invitations',
      `You have invited ${mostInOneDay} people within a day. Go on tomorrow.`,
    );
}
