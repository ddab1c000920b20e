import { randomBytes, randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Simulation } from './simulation.ts';
import { type MetaApp, type MetaNumber, platformApp } from './world.ts';

/** `POST /_sim/numbers/fresh`. */
export const freshRequest = z.strictObject({
  verifiedName: z.string().trim().min(1).max(100),
  /** An app that is known; `"own"` makes one for this number alone. */
  appId: z.string().default('own'),
});

/** A business that comes to Meta: a number, an account and a token of its own, not registered, listened to by nobody. */
export function makeFreshNumber(
  { directory, standings, changes }: Simulation,
  { verifiedName, appId }: z.infer<typeof freshRequest>,
): { number: MetaNumber; app: MetaApp } | undefined {
  const app = appId === 'own' ? freshApp(verifiedName) : directory.app(appId);
  if (!app) return undefined;
  directory.putApp(app);
  const number = {
    phoneNumberId: `7${digits(14)}`,
    displayPhoneNumber: unusedNumber(directory.numbers()),
    verifiedName,
    wabaId: `8${digits(14)}`,
    businessId: `9${digits(14)}`,
    appId: app.appId,
    token: `EAA${randomBytes(60).toString('base64url')}`,
  };
  directory.putNumber(number);
  directory.unsubscribe(number.wabaId);
  standings.changeNumber(number.phoneNumberId, { status: 'PENDING' });
  changes.note('numbers');
  return { number, app };
}

function freshApp(name: string): MetaApp {
  return {
    appId: `6${digits(14)}`,
    name,
    secret: randomBytes(16).toString('hex'),
    verifyToken: randomBytes(16).toString('hex'),
    // Nothing listens there: such an app is heard through the override of its account.
    webhookPath: platformApp.webhookPath,
  };
}

/** North America's numbers for fiction: 555-0100 to 555-0199 of any area. */
function unusedNumber(numbers: readonly MetaNumber[]): string {
  const taken = new Set(numbers.map(({ displayPhoneNumber }) => displayPhoneNumber));
  for (;;) {
    const number = `1${randomInt(201, 990)}55501${String(randomInt(100)).padStart(2, '0')}`;
    if (!taken.has(number)) return number;
  }
}

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('');
