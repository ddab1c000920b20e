import { env } from '#server/env.ts';
import { Refusal } from '#server/refusal.ts';
import { simulatedMeta } from '#server/simulated-meta.ts';

/** The simulated Meta knows the platform's app by this id. */
const simulatedAppId = '634974688087057';

/** The platform's own Meta app, through which numbers come by the sign-up dialog. Refuses where none is set up. */
export function platformApp(): { id: string; secret: string } {
  const id = platformAppId();
  if (id === undefined)
    throw new Refusal('precondition', 'no-app', 'This installation has no Meta app of its own.');
  return { id, secret: env().META_APP_SECRET };
}

export function platformAppId(): string | undefined {
  return env().META_APP_ID ?? (simulatedMeta() ? simulatedAppId : undefined);
}

/** What the sign-up dialog needs, in the browser; undefined where it is not set up. `simulated`: the simulated Meta's. */
export function signUpDialog() {
  const appId = platformAppId();
  const simulated = simulatedMeta() !== undefined;
  const configId = env().META_SIGNUP_CONFIG_ID ?? (simulated ? 'simulated' : undefined);
  return appId && configId ? { appId, configId, version: env().GRAPH_API_VERSION, simulated } : undefined;
}
