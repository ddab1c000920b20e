import { z } from 'zod';
import { emailForm, nameForm, passwordForm } from '#server/auth/email-form.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { mayProcedure } from '#server/tenants/may-procedure.ts';
import { placeProcedure } from '#server/tenants/place-procedure.ts';
import { roles, roleTable } from '#server/tenants/roles.ts';
import { signedInProcedure } from '#server/trpc/procedures.ts';
import { publicProcedure, router } from '#server/trpc/trpc.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { changeRole } from './change-role.ts';
import { inviteMember } from './invite-member.ts';
import { listInvitations } from './list-invitations.ts';
import { listMembers } from './list-members.ts';
import { readInvitation } from './read-invitation.ts';
import { removeMember } from './remove-member.ts';
import { resendInvitation } from './resend-invitation.ts';
import { revokeInvitation } from './revoke-invitation.ts';
import { signUpByInvitation } from './sign-up-by-invitation.ts';
import { transferOwnership } from './transfer-ownership.ts';

const role = z.enum(roles);
const person = z.object({ userId: z.uuid() });
const invitation = z.object({ invitationId: z.uuid() });
// Longer than any of ours, so that whatever is in an address gets the same answer.
const link = z.object({ token: z.string().max(200) });

export const membersRouter = router({
  list: mayProcedure('members.view').query(({ ctx }) =>
    withTenant(ctx.tenantId, (tx) => listMembers(tx, ctx.user.id)),
  ),

  /** What each role may do. */
  roles: mayProcedure('members.view').query(() => roleTable()),

  invitations: mayProcedure('members.invite').query(({ ctx }) => withTenant(ctx.tenantId, listInvitations)),

  invite: mayProcedure('members.invite')
    .input(z.object({ email: emailForm, role }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => inviteMember(tx, { ...input, actor: ctx.actor })),
    ),

  sendInvitationAgain: mayProcedure('members.invite')
    .input(invitation)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => resendInvitation(tx, { ...input, actor: ctx.actor })),
    ),

  withdrawInvitation: mayProcedure('members.invite')
    .input(invitation)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => revokeInvitation(tx, { ...input, actor: ctx.actor })),
    ),

  changeRole: mayProcedure('members.change-role')
    .input(person.extend({ role }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => changeRole(tx, { ...input, actor: ctx.actor })),
    ),

  remove: mayProcedure('members.remove')
    .input(person)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => removeMember(tx, { ...input, actor: ctx.actor })),
    ),

  /** In a suspended tenant too. */
  leave: placeProcedure.mutation(({ ctx }) =>
    withTenant(ctx.tenantId, (tx) => removeMember(tx, { userId: ctx.user.id, actor: ctx.actor })),
  ),

  transfer: mayProcedure('tenant.transfer')
    .input(person)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => transferOwnership(tx, { ...input, actor: ctx.actor })),
    ),
});

/** For whoever holds a letter's link. */
export const invitationsRouter = router({
  read: publicProcedure.input(link).query(({ input }) => readInvitation(input.token)),

  accept: signedInProcedure
    .input(link)
    .mutation(({ ctx, input }) =>
      acceptInvitation({ token: input.token, actor: ctx.actor, email: ctx.user.email }),
    ),

  signUp: publicProcedure
    .input(link.extend({ name: nameForm, password: passwordForm }))
    .mutation(({ ctx, input }) => signUpByInvitation({ ...input, from: ctx.from })),
});
