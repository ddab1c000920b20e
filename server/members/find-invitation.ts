import type { PlatformTx } from '#server/db/as-platform.ts';
import { Refusal } from '#server/refusal.ts';
import type { Role } from '#server/tenants/roles.ts';
import { hashToken } from './invitation-token.ts';

export type Found = {
  tenantId: string;
  id: string;
  email: string;
  role: Role;
  inviter: string;
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
  slug: string;
  tenant: string;
  tenantState: string;
};

/** What a link's token stands for, whatever became of it; undefined when it stands for nothing. Locks it where asked to. */
export async function findInvitation(
  { db }: PlatformTx,
  token: string,
  { lock }: { lock: boolean } = { lock: false },
): Promise<Found | undefined> {
  const hash = hashToken(token);
  // The invitation alone is locked first, so that what is read of it then is what it is now.
  if (lock) await db.$queryRaw`select from invitations where token_hash = ${hash} for update`;
  const [found] = await db.$queryRaw<Found[]>`
    select i.tenant_id as "tenantId", i.id, i.email, i.role, i.inviter_name as inviter, i.expires_at as "expiresAt",
           i.accepted_at as "acceptedAt", i.revoked_at as "revokedAt", t.slug, t.name as tenant, t.state as "tenantState"
    from invitations i join tenants t on t.id = i.tenant_id where i.token_hash = ${hash}`;
  return found;
}

/** Refuses a link that lets nobody in any more, in words for who holds it. */
export function assertOpen(found: Found | undefined, now: Date): asserts found is Found {
  if (!found)
    throw new Refusal(
      'not-found',
      'unknown',
      'This link is worth nothing: it is not complete, or a newer letter has replaced it. Use the link in the newest letter.',
    );
  const { tenant, inviter } = found;
  if (found.revokedAt)
    throw new Refusal('precondition', 'withdrawn', `The invitation to ${tenant} was withdrawn.`);
  if (found.acceptedAt)
    throw new Refusal(
      'precondition',
      'used',
      'This invitation was accepted already; a link works once. Sign in instead.',
    );
  if (found.expiresAt <= now)
    throw new Refusal(
      'precondition',
      'expired',
      `The invitation to ${tenant} has expired. Ask ${inviter} to send it again.`,
    );
  if (found.tenantState !== 'active')
    throw new Refusal(
      'precondition',
      'tenant-suspended',
      `${tenant} is suspended at the moment, so nobody can join. Try again later, or ask ${inviter}.`,
    );
}
