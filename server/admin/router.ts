import { z } from 'zod';
import { capacityRouter } from '#server/capacity/admin-router.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import {
  deleteTenant,
  graceDays,
  restoreTenant,
  resumeTenant,
  suspendTenant,
} from '#server/tenants/change-standing.ts';
import { superadminProcedure } from '#server/trpc/procedures.ts';
import { router } from '#server/trpc/trpc.ts';
import { platformAuditRouter } from './audit-router.ts';
import { createTenantFor } from './create-tenant.ts';
import { listInput, listTenants } from './list-tenants.ts';
import { readTenant } from './read-tenant.ts';
import { changeTier, grant, grantForm, grantName, takeGrantBack, tierChange } from './sell.ts';

const tenant = z.object({ slug: z.string().max(63) });
// What is wrong with it is said in words by the rule.
const newTenant = z.object({
  name: z.string().max(1_000),
  slug: z.string().trim().max(200),
  email: z.string().trim().toLowerCase().max(1_000),
  timeZone: z.string().max(100).default('UTC'),
  language: z.string().max(100).default('en'),
  tierId: z.uuid().nullable().default(null),
  why: z.string().trim().max(300).optional(),
});
const reason = z.string().trim().min(1).max(300);

export const adminRouter = router({
  capacity: capacityRouter,
  audit: platformAuditRouter,

  tenants: superadminProcedure.input(listInput).query(({ input }) => listTenants(input)),

  tenant: superadminProcedure.input(tenant).query(({ ctx, input }) => readTenant(input.slug, ctx.actor)),

  create: superadminProcedure
    .input(newTenant)
    .mutation(({ ctx, input }) => createTenantFor(input, ctx.actor)),

  suspend: superadminProcedure
    .input(tenant.extend({ reason }))
    .mutation(({ ctx: { actor, user }, input }) =>
      asPlatform((tx) => suspendTenant(tx, input.slug, { actor, email: user.email, reason: input.reason })),
    ),

  resume: superadminProcedure
    .input(tenant)
    .mutation(({ ctx: { actor, user }, input }) =>
      asPlatform((tx) => resumeTenant(tx, input.slug, { actor, email: user.email })),
    ),

  delete: superadminProcedure
    .input(tenant.extend({ reason, days: z.number().int().min(0).max(365).default(graceDays) }))
    .mutation(({ ctx: { actor, user }, input: { slug, ...how } }) =>
      asPlatform((tx) => deleteTenant(tx, slug, { actor, email: user.email, ...how })),
    ),

  restore: superadminProcedure
    .input(tenant)
    .mutation(({ ctx: { actor, user }, input }) =>
      asPlatform((tx) => restoreTenant(tx, input.slug, { actor, email: user.email })),
    ),

  setTier: superadminProcedure.input(tierChange).mutation(({ ctx, input }) => changeTier(input, ctx.actor)),

  grant: superadminProcedure.input(grantForm).mutation(({ ctx, input }) => grant(input, ctx.actor)),

  revokeGrant: superadminProcedure
    .input(grantName)
    .mutation(({ ctx, input }) => takeGrantBack(input, ctx.actor)),
});
