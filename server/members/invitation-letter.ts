import type { Role } from '#server/tenants/roles.ts';
import { invitationLink } from './invitation-token.ts';
import { invitationLastsDays } from './rules.ts';

type Invitation = { email: string; role: Role; token: string; inviter: string; tenant: string };

/** The letter that brings the link. */
export function invitationLetter({ email, role, token, inviter, tenant }: Invitation) {
  return {
    to: email,
    subject: `${inviter} invites you to ${tenant} on Parley`,
    text: [
      `${inviter} invites you to answer WhatsApp messages for ${tenant} on Parley, as ${role === 'agent' ? 'an agent' : `an ${role}`}.`,
      'If you expected no invitation, you can leave this letter alone.',
      `Open this link to join. It works once, for ${invitationLastsDays} days:`,
    ].join('\n\n'),
    link: invitationLink(token),
  };
}
