import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { assertOpen, type Found, findInvitation } from './find-invitation.ts';

type Acceptance = { token: string; actor: UserActor; email: string };

/** Lets somebody who is signed in take the place that waits for their address. Returns where it is. Throws Refusal. */
export async function acceptInvitation({ token, actor, email }: Acceptance, now = new Date()) {
  return asPlatform(async (tx) => {
    const found = await findInvitation(tx, token, { lock: true });
    assertOpen(found, now);
    if (found.email !== email.toLowerCase())
      throw new Refusal(
        'not-allowed',
        'other-login',
        `This invitation is for ${found.email}, and you are signed in as ${email}. Sign out, then open the link again.`,
      );
    // The letter reached this address, so nothing else has to confirm it.
    await tx.db.user.updateMany({
      where: { id: actor.userId, emailConfirmedAt: null },
      data: { emailConfirmedAt: now },
    });
    await join(tx, found, actor, now);
    return { slug: found.slug };
  });
}

/** Takes the place. Somebody who came in by another way meanwhile keeps the role that they have. */
export async function join(tx: PlatformTx, found: Found, actor: UserActor, now: Date) {
  const { tenantId, id, role, email } = found;
  const { userId } = actor;
  const { count } = await tx.db.member.createMany({
    data: [{ tenantId, userId, role }],
    skipDuplicates: true,
  });
  await tx.db.invitation.update({ where: { tenantId_id: { tenantId, id } }, data: { acceptedAt: now } });
  if (count === 0) return;
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'member.joined', subject: `${actor.name} (${email})` },
    details: { role, inviter: found.inviter },
  });
  await publishEverything({ tenantId, db: tx.db });
}
