import { demandSettings, type Part } from '#server/env.ts';
import { log } from '#server/log.ts';
import { registry } from '#server/metrics.ts';

const shareEvery = 5_000;
const patience = 12_000;

/**
 * The life of a process that serves: starts, tells its parent that it is ready, shares its metrics, and stops in order
 * at SIGINT, SIGTERM, SIGHUP, or when its parent is gone. Signals may come twice. Ends with code 1 when it cannot
 * start, with a plain line first that says why, or when something fails that nobody answered for.
 */
export async function serveUntilToldToStop(name: Part, start: () => Promise<() => Promise<void>>) {
  demandSettings(name);
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
    const reason = inWords(error, name === 'worker' ? 'WORKER_PORT' : 'PORT');
    console.error(reason ?? `${name} could not start: see the next line.`);
    if (!reason) log().fatal({ err: error }, `${name} could not start`);
    leave(1);
  }
}

/** What this process counted goes to its parent, which passes it on to the one that prints /metrics. */
async function shareMetrics() {
  const metrics = await registry.getMetricsAsJSON();
  if (process.connected) process.send?.({ type: 'metrics', from: process.pid, metrics });
}

const unreachable = 'The database cannot be reached: check DATABASE_URL, and that PostgreSQL runs.';
const unknownHost = 'The database cannot be found under the name in DATABASE_URL.';
const refused =
  'The database does not let the application in: run npm run migrate with this ENCRYPTION_KEY first.';
const words = new Map([
  ['ECONNREFUSED', unreachable],
  ['ETIMEDOUT', unreachable],
  ['EHOSTUNREACH', unreachable],
  ['ENETUNREACH', unreachable],
  ['57P03', 'PostgreSQL is just starting or stopping: try again in a moment.'],
  ['53300', 'PostgreSQL has no connection left: raise its max_connections, or lower DB_POOL_SIZE.'],
  ['ENOTFOUND', unknownHost],
  ['EAI_AGAIN', unknownHost],
  ['3D000', 'The database that DATABASE_URL names does not exist.'],
  ['28P01', refused],
  ['28000', refused],
  ['42501', refused],
]);

/** The plain sentence for what commonly keeps a process from starting. `port`: the setting that names its port. */
function inWords(error: unknown, port: string): string | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined;
  const { code } = error;
  const number = 'port' in error ? ` ${error.port}` : '';
  if (code === 'EADDRINUSE')
    return `Port${number} is in use by another program: end that one, or set ${port} to another.`;
  if (code === 'EACCES')
    return `Port${number} may not be opened by this user: set ${port} to one above 1023.`;
  if (code === 'EADDRNOTAVAIL')
    return 'LISTEN_HOST is no address of this machine: give one of its own, or 0.0.0.0 for all.';
  return words.get(String(code));
}
