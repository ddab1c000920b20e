import { z } from 'zod';
import { askForEmailChange, dropEmailChange } from '#server/auth/change-email.ts';
import { changePassword } from '#server/auth/change-password.ts';
import { confirmEmail, sendConfirmation } from '#server/auth/confirm-email.ts';
import { emailForm, nameForm, passwordForm } from '#server/auth/email-form.ts';
import { linkOf } from '#server/auth/link-of.ts';
import { listSessions } from '#server/auth/list-sessions.ts';
import { readAccount } from '#server/auth/read-account.ts';
import { rename } from '#server/auth/rename.ts';
import { askForReset, resetPassword } from '#server/auth/reset-password.ts';
import {
  beginSecondFactor,
  renewRecoveryCodes,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from '#server/auth/second-factor.ts';
import { revokeOwnSession } from '#server/auth/sessions.ts';
import { signOutEverywhere } from '#server/auth/sign-out-everywhere.ts';
import { signUp } from '#server/auth/sign-up.ts';
import { mailWay } from '#server/mail/mail-way.ts';
import { readOutbox } from '#server/mail/read-outbox.ts';
import { Refusal } from '#server/refusal.ts';
import { signedInProcedure } from '#server/trpc/procedures.ts';
import { publicProcedure, router } from '#server/trpc/trpc.ts';

const token = z.object({ token: z.string().min(1).max(100) });
const code = z.string().trim().min(1).max(60);

export const accountRouter = router({
  // Before anybody is known
  signUp: publicProcedure
    .input(z.object({ name: nameForm, email: emailForm, password: passwordForm }))
    .mutation(({ ctx: { from }, input }) => signUp(input, from)),

  /** What a letter's link is for, or null when it does not work any more. */
  link: publicProcedure.input(token).query(({ input }) => linkOf(input.token)),

  confirm: publicProcedure
    .input(token)
    .mutation(({ ctx: { from }, input }) => confirmEmail(input.token, from)),

  askForReset: publicProcedure
    .input(z.object({ email: emailForm }))
    .mutation(({ ctx: { from }, input }) => askForReset(input.email, from)),

  reset: publicProcedure
    .input(token.extend({ password: passwordForm }))
    .mutation(({ ctx: { from }, input }) => resetPassword(input, from)),

  canMail: publicProcedure.query(() => mailWay() !== 'none'),

  /** The demo's letters; elsewhere there is nothing here. */
  outbox: publicProcedure.query(async () => {
    const letters = await readOutbox();
    if (!letters) throw new Refusal('not-found', 'outbox', 'Not found.');
    return letters;
  }),

  // Of who is signed in
  mine: signedInProcedure.query(({ ctx: { user } }) => readAccount(user.id)),

  rename: signedInProcedure
    .input(z.object({ name: nameForm }))
    .mutation(({ ctx: { user }, input }) => rename(user.id, input.name)),

  sendConfirmation: signedInProcedure.mutation(({ ctx: { user } }) => sendConfirmation(user.id)),

  changeEmail: signedInProcedure
    .input(z.object({ email: emailForm, password: passwordForm }))
    .mutation(({ ctx: { actor }, input }) => askForEmailChange(actor, input)),

  keepEmail: signedInProcedure.mutation(({ ctx: { user } }) => dropEmailChange(user.id)),

  changePassword: signedInProcedure
    .input(z.object({ password: passwordForm, newPassword: passwordForm }))
    .mutation(({ ctx: { user, actor }, input }) => changePassword(actor, user, input)),

  sessions: signedInProcedure.query(({ ctx: { user } }) => listSessions(user.id, user.sid)),

  endSession: signedInProcedure
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx: { user }, input }) => revokeOwnSession(user.id, input.id)),

  signOutEverywhere: signedInProcedure.mutation(({ ctx: { actor } }) => signOutEverywhere(actor)),

  beginSecondFactor: signedInProcedure
    .input(z.object({ password: passwordForm }))
    .mutation(({ ctx: { actor }, input }) => beginSecondFactor(actor, input.password)),

  turnOnSecondFactor: signedInProcedure
    .input(z.object({ code }))
    .mutation(({ ctx: { actor }, input }) => turnOnSecondFactor(actor, input.code)),

  turnOffSecondFactor: signedInProcedure
    .input(z.object({ code, password: passwordForm }))
    .mutation(({ ctx: { actor }, input }) => turnOffSecondFactor(actor, input.password, input.code)),

  renewRecoveryCodes: signedInProcedure
    .input(z.object({ code }))
    .mutation(({ ctx: { actor }, input }) => renewRecoveryCodes(actor, input.code)),
});
