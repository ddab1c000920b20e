import { z } from 'zod';
import { checkDraft } from '#server/channels/check-draft.ts';
import { connectDemoNumber } from '#server/channels/connect-demo-number.ts';
import { readDraft } from '#server/channels/draft.ts';
import { mendDraft } from '#server/channels/mend-draft.ts';
import { signUpDialog } from '#server/channels/platform-app.ts';
import { startDraft } from '#server/channels/start-draft.ts';
import { startFromSignUp } from '#server/channels/start-from-sign-up.ts';
import { throwAwayDraft } from '#server/channels/throw-away-draft.ts';
import { listDrafts, viewConnecting } from '#server/channels/view-connecting.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { simulatedMeta } from '#server/simulated-meta.ts';
import { mayProcedure } from '#server/tenants/may-procedure.ts';
import { router } from '#server/trpc/trpc.ts';
import { answerFirstMessage, readFirstMessage } from './first-message.ts';

const metaId = z
  .string()
  .trim()
  .regex(/^\d{6,20}$/);
const secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{8,1000}$/);
const pin = z
  .string()
  .trim()
  .regex(/^\d{6}$/);
const number = z.object({ id: z.uuid() });
const connecting = mayProcedure('channels.connect');

export const connectRouter = router({
  /** The ways there are here, and what was begun before. */
  ways: connecting.query(async ({ ctx }) => ({
    demo: simulatedMeta() !== undefined,
    signUp: signUpDialog() ?? null,
    drafts: await withTenant(ctx.tenantId, listDrafts),
  })),

  byHand: connecting
    .input(
      z.object({
        ...{ phoneNumberId: metaId, wabaId: metaId, appId: metaId },
        ...{ appSecret: secret, accessToken: secret, pin: pin.nullable() },
      }),
    )
    .mutation(async ({ ctx, input: { appId, appSecret, phoneNumberId, wabaId, accessToken, pin: own } }) => ({
      id: await withTenant(ctx.tenantId, (tx) =>
        startDraft(tx, {
          ...{ phoneNumberId, wabaId, accessToken, pin: own, app: { id: appId, secret: appSecret } },
        }),
      ),
    })),

  demo: connecting.mutation(({ ctx }) => connectDemoNumber(ctx.tenantId, ctx.tenant.name, ctx.actor)),

  signUp: connecting
    .input(z.object({ code: z.string().min(1).max(2_000), phoneNumberId: metaId, wabaId: metaId }))
    .mutation(async ({ ctx, input: { code, phoneNumberId, wabaId } }) => ({
      id: await startFromSignUp(ctx.tenantId, { code, phoneNumberId, wabaId }),
    })),

  number: connecting.input(number).query(async ({ ctx, input }) => ({
    ...(await withTenant(ctx.tenantId, (tx) => viewConnecting(tx, input.id))),
    /** Whether it is written to from the simulated phone. */
    demo: simulatedMeta() !== undefined,
  })),

  /** Streams each result as it is known; the last piece says whether the number is connected. */
  check: connecting.input(number).mutation(async ({ ctx, input }) => {
    const draft = await withTenant(ctx.tenantId, (tx) => readDraft(tx, input.id));
    return checkDraft(ctx.tenantId, draft, ctx.actor);
  }),

  mend: connecting
    .input(
      number.extend({
        ...{ accessToken: secret.optional(), appSecret: secret.optional(), pin: pin.optional() },
        ...{ phoneNumberId: metaId.optional(), wabaId: metaId.optional(), appId: metaId.optional() },
      }),
    )
    .mutation(({ ctx, input: { id, tenant: _, ...mending } }) =>
      withTenant(ctx.tenantId, (tx) => mendDraft(tx, id, mending)),
    ),

  throwAway: connecting
    .input(number)
    .mutation(({ ctx, input }) => throwAwayDraft(ctx.tenantId, input.id, ctx.actor)),

  firstMessage: connecting
    .input(number)
    .query(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => readFirstMessage(tx, input.id))),

  answer: connecting
    .input(number.extend({ messageId: z.uuid({ version: 'v7' }) }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) =>
        answerFirstMessage(tx, { channelId: input.id, id: input.messageId, author: ctx.user.id }),
      ),
    ),
});
