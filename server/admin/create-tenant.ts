import { z } from 'zod';
import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { setTier } from '#server/capacity/change-quotas.ts';
import { sellWithin } from '#server/capacity/sell-within.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { demandMail } from '#server/mail/mail-way.ts';
import { queueMail } from '#server/mail/send-mail.ts';
import { invitationLetter } from '#server/members/invitation-letter.ts';
import { hashToken, newToken } from '#server/members/invitation-token.ts';
import { expiryFrom } from '#server/members/invite-member.ts';
import { Refusal } from '#server/refusal.ts';
import { checkFacts } from '#server/tenants/tenant-form.ts';

type Wanted = {
  name: string;
  slug: string;
  email: string;
  timeZone: string;
  language: string;
  /** Null: no quotas. */
  tierId: string | null;
  /** Why it is sold beyond what was measured. */
  why?: string | undefined;
};

/**
 * Makes a tenant for somebody else: whoever reads the letter at that address becomes its owner, and finds the first
 * steps ahead. Throws Refusal, also where no letter can be sent: nobody could get in.
 */
export async function createTenantFor(
  { slug, email, tierId, why, ...wanted }: Wanted,
  actor: UserActor,
  now = new Date(),
) {
  const facts = checkFacts(wanted);
  checkAddresses(slug, email);
  demandMail();
  return asPlatform(async (tx) => {
    const tenantId = newId();
    const { count } = await tx.db.tenant.createMany({
      data: { id: tenantId, slug, ...facts },
      skipDuplicates: true,
    });
    if (count === 0)
      throw new Refusal('conflict', 'slug-taken', `Another tenant has the slug ${slug}. Choose another one.`);
    await tx.db.onboarding.create({ data: { tenantId, skipped: [] } });
    await recordAudit(tx, { tenantId, actor, action: 'tenant.created', subject: facts.name });
    if (tierId)
      await sellWithin(tx, { why, tenantId, actor }, () =>
        setTier(tx, { tenantId, tierId, reason: null, actor }),
      );
    await inviteOwner(tx, { tenantId, email, actor, tenant: facts.name, now });
    return { slug };
  });
}

function checkAddresses(slug: string, email: string) {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(slug))
    throw new Refusal(
      'bad-input',
      'slug',
      'A slug has small letters, digits and dashes, 63 at most, and begins with no dash.',
    );
  if (!z.email().max(320).safeParse(email).success)
    throw new Refusal('bad-input', 'email', 'This is no e-mail address: write the owner’s.');
}

type Invited = { tenantId: string; email: string; actor: UserActor; tenant: string; now: Date };

async function inviteOwner(tx: PlatformTx, { tenantId, email, actor, tenant, now }: Invited) {
  const token = newToken();
  const role = 'owner' as const;
  await tx.db.invitation.create({
    data: {
      ...{ tenantId, id: newId(), email, role, tokenHash: hashToken(token), inviterName: actor.name },
      ...{ createdAt: now, sentAt: now, expiresAt: expiryFrom(now) },
    },
  });
  await recordAudit(tx, { tenantId, actor, action: 'member.invited', subject: email, details: { role } });
  await queueMail(tx, { ...invitationLetter({ email, role, token, inviter: actor.name, tenant }), tenantId });
}
