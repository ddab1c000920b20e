import { asPlatform } from '#server/db/as-platform.ts';
import type { Role } from '#server/tenants/roles.ts';
import { assertOpen, findInvitation } from './find-invitation.ts';

export type InvitationView = {
  tenant: string;
  email: string;
  role: Role;
  inviter: string;
  /** ISO 8601. */
  expiresAt: string;
  /** Whether the address has a login already, so that nobody is asked to make a second one. */
  hasLogin: boolean;
};

/** What the invitation behind a link offers, to whom. Throws Refusal when it lets nobody in any more. */
export async function readInvitation(token: string, now = new Date()): Promise<InvitationView> {
  return asPlatform(async (tx) => {
    const found = await findInvitation(tx, token);
    assertOpen(found, now);
    const { tenant, email, role, inviter, expiresAt } = found;
    const login = await tx.db.user.findFirst({ where: { email }, select: { id: true } });
    return { tenant, email, role, inviter, expiresAt: expiresAt.toISOString(), hasLogin: login !== null };
  });
}
