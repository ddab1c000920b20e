import { log } from '#server/log.ts';
import { registry } from '#server/metrics.ts';

const shareEvery = 5_000;
const patience = 12_000;

/**
 * The life of a process that serves: starts, tells its parent that it is ready, shares its metrics, and stops in order
 * at SIGINT, SIGTERM, SIGHUP, or when its parent is gone. Signals may come twice. Ends with code 1 when it cannot
 * start, or when something fails that nobody answered for.
 */
export async function serveUntilToldToStop(name: string, start: () => Promise<() => Promise<void>>) {
  let stop: (() => Promise<void>) | undefined;
  let leaving = false;

  const leave = (code: number) => {
    if (leaving) return;
    leaving = true;
    // An end that hangs is an end all the same: everything acknowledged is committed.
    setTimeout(() => process.exit(code), patience).unref();
    (stop?.() ?? Promise.resolve()).then(
      () => process.exit(code),
      (error: unknown) => {
        log().error({ err: error }, `${name} did not stop in order`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave(0));
  process.on('disconnect', () => leave(0));
  for (const bug of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(bug, (error) => {
      log().fatal({ err: error }, `${name} has a bug and ends`);
      leave(1);
    });

  try {
    stop = await start();
    process.send?.({ type: 'ready' });
    if (process.send) setInterval(() => void shareMetrics(), shareEvery).unref();
  } catch (error) {
    log().fatal({ err: error }, `${name} could not start`);
    console.error(inWords(error) ?? `${name} could not start: see the line above.`);
    leave(1);
  }
}

/** What this process counted goes to its parent, which passes it on to the one that prints /metrics. */
async function shareMetrics() {
  const metrics = await registry.getMetricsAsJSON();
  if (process.connected) process.send?.({ type: 'metrics', from: process.pid, metrics });
}

const words = new Map([
  ['EADDRINUSE', 'The port is in use by another program: end that one, or set PORT to another.'],
  ['EACCES', 'This port may not be opened by this user: set PORT to one above 1023.'],
  ['ECONNREFUSED', 'The database cannot be reached: check DATABASE_URL, and that PostgreSQL runs.'],
  ['ENOTFOUND', 'The database cannot be found under the name in DATABASE_URL.'],
  ['3D000', 'The database that DATABASE_URL names does not exist.'],
  [
    '28P01',
    'The database does not let the application in: run npm run migrate with this ENCRYPTION_KEY first.',
  ],
]);

/** The plain sentence for what commonly keeps a process from starting. */
function inWords(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? words.get(String(error.code)) : undefined;
}
