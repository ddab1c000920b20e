import { z } from 'zod';
import { withTenant } from '#server/db/with-tenant.ts';
import { mayProcedure } from '#server/tenants/may-procedure.ts';
import { memberProcedure } from '#server/tenants/member-procedure.ts';
import { router } from '#server/trpc/trpc.ts';
import { listMerges } from './list-merges.ts';
import { mergeLeads } from './merge-leads.ts';
import { refuseMerge } from './refuse-merge.ts';
import { suggestMerges } from './suggest-merges.ts';
import { undoMerge } from './undo-merge.ts';

const lead = z.object({ leadId: z.uuid() });

export const mergesRouter = router({
  /** Who may be the same person, and why one may think so. */
  suggest: memberProcedure
    .input(lead)
    .query(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => suggestMerges(tx, input.leadId))),

  list: memberProcedure
    .input(lead)
    .query(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => listMerges(tx, input.leadId))),

  merge: mayProcedure('leads.edit')
    .input(z.object({ survivorId: z.uuid(), mergedId: z.uuid() }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => mergeLeads(tx, { ...input, actor: ctx.actor })),
    ),

  refuse: mayProcedure('leads.edit')
    .input(z.object({ leadId: z.uuid(), otherId: z.uuid() }))
    .mutation(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => refuseMerge(tx, input))),

  undo: mayProcedure('leads.edit')
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) =>
      withTenant(ctx.tenantId, (tx) => undoMerge(tx, { ...input, actor: ctx.actor })),
    ),
});
