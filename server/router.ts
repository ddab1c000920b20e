import { adminRouter } from '#server/admin/router.ts';
import { inboxRouter } from '#server/inbox/router.ts';
import { onboardingRouter } from '#server/onboarding/router.ts';
import { tenantsRouter } from '#server/tenants/router.ts';
import { createCallerFactory, router } from '#server/trpc/trpc.ts';

/** The browser's one door. */
export const appRouter = router({
  tenants: tenantsRouter,
  inbox: inboxRouter,
  onboarding: onboardingRouter,
  admin: adminRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
