import { createCaller } from '#server/router.ts';
import type { TestTenant } from './factories.ts';

/** The router as a signed-in member calls it; the agent unless told. */
export const memberCaller = (
  tenant: TestTenant,
  user: { id: string; email: string; name: string; superadmin: boolean } = tenant.agent,
) => createCaller({ user: { ...user, sid: '00000000-0000-7000-8000-000000000000' } });
