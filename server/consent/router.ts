import { z } from 'zod';
import { withTenant } from '#server/db/with-tenant.ts';
import { mayProcedure } from '#server/tenants/may-procedure.ts';
import { memberProcedure } from '#server/tenants/member-procedure.ts';
import { router } from '#server/trpc/trpc.ts';
import { storableText } from '#server/whatsapp/json.ts';
import { blockLead, unblockLead } from './block-lead.ts';
import { readWords, setWords } from './own-words.ts';
import { readConsent } from './read-consent.ts';
import { setConsent } from './set-consent.ts';

const lead = z.object({ leadId: z.uuid() });
const words = z.array(z.string().max(60).transform(storableText)).max(50);
const proof = z.string().max(1_000).transform(storableText).pipe(z.string().trim().min(1));

export const consentRouter = router({
  /** A lead's standing and every word on it, the newest first. */
  history: memberProcedure
    .input(lead)
    .query(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => readConsent(tx, input.leadId))),

  set: memberProcedure
    .input(lead.extend({ state: z.enum(['in', 'out']), proof }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => setConsent(tx, { ...input, actor: ctx.actor })),
    ),

  block: memberProcedure
    .input(lead)
    .mutation(({ ctx, input }) => blockLead(ctx.tenantId, { leadId: input.leadId, actor: ctx.actor })),

  unblock: memberProcedure
    .input(lead)
    .mutation(({ ctx, input }) => unblockLead(ctx.tenantId, { leadId: input.leadId, actor: ctx.actor })),

  words: mayProcedure('tenant.edit').query(({ ctx }) => withTenant(ctx.tenantId, readWords)),

  setWords: mayProcedure('tenant.edit')
    .input(z.object({ out: words, in: words }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => setWords(tx, { ...input, actor: ctx.actor })),
    ),
});
