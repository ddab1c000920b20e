import { Refusal } from '#server/refusal.ts';
import { may, type Role, whoMay } from '#server/tenants/roles.ts';

/** How long the link in a letter lets somebody in. */
export const invitationLastsDays = 7;

export type Move = {
  /** Who asks. */
  actor: Role;
  /** Whom it is about, as they are now. */
  target: { role: Role; name: string; you: boolean };
  /** Their role afterwards; null when they are a member no longer. */
  to: Role | null;
  /** How many owners the tenant has now. */
  owners: number;
};

/** Refuses a change of somebody's place that the asker's role, or the tenant's need for an owner, does not allow. */
export function assertMayMove({ actor, target, to, owners }: Move): void {
  // One's own place may always be given up.
  const isLeaving = target.you && to === null;
  const permission = to === null ? 'members.remove' : 'members.change-role';
  if (!isLeaving && !may(actor, permission)) throw new Refusal('not-allowed', 'role', whoMay(permission));
  if (actor !== 'owner' && target.role === 'owner')
    throw new Refusal('not-allowed', 'owner', 'Only an owner can change an owner’s place. Ask one of them.');
  assertMayGive(actor, to);
  if (target.role === 'owner' && to !== 'owner' && owners <= 1)
    throw new Refusal(
      'conflict',
      'last-owner',
      `${target.you ? 'You are' : `${target.name} is`} the only owner, and a tenant always has one. Make somebody else an owner first.`,
    );
}

/** Refuses a role that the asker cannot give. */
export function assertMayGive(actor: Role, role: Role | null): void {
  if (actor !== 'owner' && role === 'owner')
    throw new Refusal('not-allowed', 'owner', 'Only an owner can make somebody an owner. Ask one of them.');
}
