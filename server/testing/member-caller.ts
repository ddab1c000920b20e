import { createCaller } from '#server/router.ts';
import type { TestTenant } from './factories.ts';

/** Where the tests' requests come from. */
export const testFrom = { address: '192.0.2.7', device: 'A test' };

/** The router as a signed-in member calls it; the agent unless told. */
export const memberCaller = (
  tenant: TestTenant,
  user: { id: string; email: string; name: string; superadmin: boolean } = tenant.agent,
) => createCaller({ user: { ...user, sid: '00000000-0000-7000-8000-000000000000' }, from: testFrom });
