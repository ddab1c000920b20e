import { z } from 'zod';
import { askForMore } from '#server/capacity/ask-for-more.ts';
import { chargePricesForm, setChargePrices } from '#server/capacity/charge-prices.ts';
import { readToday, readUsage } from '#server/capacity/read-usage.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { readGivingWay } from '#server/pressure/read-giving-way.ts';
import { signedInProcedure } from '#server/trpc/procedures.ts';
import { router } from '#server/trpc/trpc.ts';
import { countHoldings } from './count-holdings.ts';
import { deleteOwnTenant, takeDeletionBack } from './delete-own-tenant.ts';
import { editTenant } from './edit-tenant.ts';
import { tenantsOf } from './find-member.ts';
import { mayProcedure, mayWhileClosed } from './may-procedure.ts';
import { memberProcedure } from './member-procedure.ts';
import { placeProcedure } from './place-procedure.ts';
import { permissionsOf } from './roles.ts';
import { looseTenantForm } from './tenant-form.ts';

export const tenantsRouter = router({
  mine: signedInProcedure.query(async ({ ctx: { user } }) => ({
    user: { id: user.id, name: user.name, email: user.email, superadmin: user.superadmin },
    tenants: await tenantsOf(user.id),
  })),

  /** Answered in a suspended tenant too: its members are told why nothing else is. */
  current: placeProcedure.query(({ ctx: { tenant, role, standing, user } }) => ({
    slug: tenant.slug,
    name: tenant.name,
    timeZone: tenant.timeZone,
    language: tenant.language,
    role,
    may: permissionsOf(role),
    standing,
    user: { id: user.id, name: user.name, email: user.email },
  })),

  edit: mayProcedure('tenant.edit')
    .input(looseTenantForm)
    .mutation(({ ctx: { tenantId, actor }, input: { name, timeZone, language } }) =>
      withTenant(tenantId, (tx) => editTenant(tx, { name, timeZone, language }, actor)),
    ),

  /** What it may spend, what it has spent, and what waits. */
  usage: memberProcedure.query(({ ctx }) => withTenant(ctx.tenantId, (tx) => readUsage(tx))),

  /** Today's outgoing messages against the quota; null without one. */
  today: memberProcedure.query(({ ctx }) => withTenant(ctx.tenantId, (tx) => readToday(tx))),

  /** What waits at this moment, because the installation has too much to do; mostly nothing. */
  givesWay: memberProcedure.query(() => readGivingWay()),

  /** What WhatsApp charges the business for a message, so that its usage can be told in money. */
  setChargePrices: mayProcedure('tenant.edit')
    .input(chargePricesForm)
    .mutation(({ ctx: { tenantId, actor }, input: { currency, each } }) =>
      withTenant(tenantId, (tx) => setChargePrices(tx, { currency, each }, actor)),
    ),

  askForMore: mayProcedure('tenant.edit')
    .input(z.object({ words: z.string().trim().min(1).max(1_000) }))
    .mutation(({ ctx: { tenantId, actor, user }, input: { words } }) =>
      askForMore({ tenantId, words, actor, email: user.email }),
    ),

  /** What its deletion would take away. */
  holdings: mayWhileClosed('tenant.delete').query(({ ctx }) => withTenant(ctx.tenantId, countHoldings)),

  delete: mayWhileClosed('tenant.delete')
    .input(z.object({ typedName: z.string().max(1_000) }))
    .mutation(({ ctx: { tenant, actor, user }, input }) =>
      deleteOwnTenant(tenant, input.typedName, { actor, email: user.email }),
    ),

  /** Asked where every room is closed. */
  takeDeletionBack: placeProcedure.mutation(({ ctx: { tenant, role, standing, actor, user } }) =>
    takeDeletionBack({ slug: tenant.slug, role, standing }, { actor, email: user.email }),
  ),
});
