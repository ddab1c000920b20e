import { z } from 'zod';
import { withTenant } from '#server/db/with-tenant.ts';
import { simulatedMeta } from '#server/simulated-meta.ts';
import { createTenant } from '#server/tenants/create-tenant.ts';
import { mayProcedure } from '#server/tenants/may-procedure.ts';
import { looseTenantForm } from '#server/tenants/tenant-form.ts';
import { confirmedProcedure } from '#server/trpc/procedures.ts';
import { router } from '#server/trpc/trpc.ts';
import { chooseScript } from './choose-script.ts';
import { listStarters } from './list-starters.ts';
import { closeChecklist, putOff } from './put-off.ts';
import { readProgress } from './read-progress.ts';
import { starterIds } from './starters.ts';
import { skippable } from './steps.ts';

export const onboardingRouter = router({
  create: confirmedProcedure.input(looseTenantForm).mutation(async ({ ctx: { user, actor }, input }) => ({
    slug: await createTenant(input, { ...actor, userId: user.id }),
  })),

  progress: mayProcedure('onboarding.run').query(async ({ ctx: { tenantId } }) => ({
    ...(await withTenant(tenantId, readProgress)),
    demo: simulatedMeta() !== undefined,
  })),

  starters: mayProcedure('onboarding.run').query(({ ctx: { tenant } }) => listStarters(tenant)),

  chooseScript: mayProcedure('bot.edit')
    .input(z.object({ starter: z.enum(starterIds) }))
    .mutation(({ ctx: { tenantId, actor }, input: { starter } }) =>
      withTenant(tenantId, (tx) => chooseScript(tx, starter, actor)),
    ),

  putOff: mayProcedure('onboarding.run')
    .input(z.object({ step: z.enum(skippable), skipped: z.boolean() }))
    .mutation(({ ctx: { tenantId }, input: { step, skipped } }) =>
      withTenant(tenantId, (tx) => putOff(tx, step, skipped)),
    ),

  close: mayProcedure('onboarding.run')
    .input(z.object({ closed: z.boolean() }))
    .mutation(({ ctx: { tenantId }, input: { closed } }) =>
      withTenant(tenantId, (tx) => closeChecklist(tx, closed)),
    ),
});
