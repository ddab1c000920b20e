import type { StartingEnv } from '#server/env.ts';
import type { Secrets } from './secrets.ts';
import type { Variables } from './surroundings.ts';

export type StartPlan = {
  readonly dev: boolean;
  /** Shown to people. */
  readonly webAddress: string;
  /** `undefined`: somebody else's Graph API is used, and no simulated Meta is started. */
  readonly metaAddress: string | undefined;
  /** Whether the database is ours to start. */
  readonly embedded: boolean;
  readonly databaseUrl: string;
  /** Whether the demo world is sown into an empty database and its logins are let in. */
  readonly demo: boolean;
  readonly ports: { readonly web: number; readonly meta: number; readonly postgres: number };
  readonly webProcesses: number;
  readonly workerProcesses: number;
  /** What every child gets. */
  readonly variables: Variables;
};

/** What this folder keeps, and in which file. */
type Kept = { readonly secrets: Secrets; readonly file: string };

/** What one start is going to run, from what was given and what this folder keeps. */
export function planStart(
  given: Variables,
  parsed: StartingEnv,
  { secrets, file }: Kept,
  dev: boolean,
): StartPlan {
  const ports = { web: parsed.PORT, meta: parsed.META_PORT, postgres: parsed.PGPORT };
  const simulated = isSimulatedMeta(given['GRAPH_API_URL'], ports.meta);
  const embedded = parsed.DATABASE_URL === undefined;
  const databaseUrl =
    parsed.DATABASE_URL ??
    `postgres://postgres:${secrets.postgresPassword}@127.0.0.1:${ports.postgres}/parley`;
  const demo = given['PARLEY_DEMO'] ? parsed.PARLEY_DEMO === '1' : simulated && isOnThisMachine(databaseUrl);
  const webAddress = `http://localhost:${ports.web}`;
  const metaAddress = `http://127.0.0.1:${ports.meta}`;
  return {
    dev,
    webAddress,
    metaAddress: simulated ? metaAddress : undefined,
    embedded,
    databaseUrl,
    demo,
    ports,
    webProcesses: parsed.WEB_PROCESSES,
    workerProcesses: parsed.WORKER_PROCESSES,
    variables: {
      AUTH_SECRET: secrets.authSecret,
      ENCRYPTION_KEY: secrets.encryptionKey,
      APP_URL: webAddress,
      NEXT_TELEMETRY_DISABLED: '1',
      // known to everybody, so only where nobody but the simulated Meta can call
      ...(simulated && { META_APP_SECRET: 'demo-app-secret', META_VERIFY_TOKEN: 'demo-verify-token' }),
      ...given,
      ...(simulated && { GRAPH_API_URL: metaAddress }),
      DATABASE_URL: databaseUrl,
      // Its own key may be replaced while it runs; one that was given is whoever's it is to replace.
      PARLEY_KEYS_FILE: given['ENCRYPTION_KEY'] === undefined ? file : undefined,
      PORT: String(ports.web),
      META_PORT: String(ports.meta),
      META_WEBHOOK_BASE: given['META_WEBHOOK_BASE'] ?? `http://127.0.0.1:${ports.web}`,
      PARLEY_DEMO: demo ? '1' : '0',
      NODE_ENV: dev ? 'development' : 'production',
    },
  };
}

function isSimulatedMeta(graphApiUrl: string | undefined, metaPort: number): boolean {
  if (graphApiUrl === undefined) return true;
  return isOnThisMachine(graphApiUrl) && new URL(graphApiUrl).port === String(metaPort);
}

function isOnThisMachine(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
