import type { SignedIn } from '#server/auth/sessions.ts';
import { createCaller } from '#server/router.ts';
import type { TestTenant } from './factories.ts';

/** Where the tests' requests come from. */
export const testFrom = { address: '192.0.2.7', device: 'A test' };

type Person = Pick<SignedIn, 'id' | 'email' | 'name' | 'superadmin'> &
  Partial<Pick<SignedIn, 'confirmed' | 'secondFactor'>>;

/** The router as a signed-in member calls it; the agent unless told. */
export const memberCaller = (tenant: TestTenant, user: Person = tenant.agent) =>
  createCaller({
    user: { confirmed: true, secondFactor: false, ...user, sid: '00000000-0000-7000-8000-000000000000' },
    from: testFrom,
  });
