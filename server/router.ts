import { accountRouter } from '#server/account/router.ts';
import { adminRouter } from '#server/admin/router.ts';
import { channelsRouter } from '#server/channels/router.ts';
import { connectRouter } from '#server/connect/router.ts';
import { consentRouter } from '#server/consent/router.ts';
import { exportsRouter } from '#server/exports/router.ts';
import { importsRouter } from '#server/imports/router.ts';
import { inboxRouter } from '#server/inbox/router.ts';
import { invitationsRouter, membersRouter } from '#server/members/router.ts';
import { mergesRouter } from '#server/merges/router.ts';
import { onboardingRouter } from '#server/onboarding/router.ts';
import { peopleRouter } from '#server/people/router.ts';
import { auditRouter } from '#server/tenants/audit-router.ts';
import { tenantsRouter } from '#server/tenants/router.ts';
import { createCallerFactory, router } from '#server/trpc/trpc.ts';

/** The browser's one door. */
export const appRouter = router({
  account: accountRouter,
  tenants: tenantsRouter,
  inbox: inboxRouter,
  imports: importsRouter,
  channels: channelsRouter,
  connect: connectRouter,
  onboarding: onboardingRouter,
  members: membersRouter,
  invitations: invitationsRouter,
  people: peopleRouter,
  audit: auditRouter,
  exports: exportsRouter,
  consent: consentRouter,
  merges: mergesRouter,
  admin: adminRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
