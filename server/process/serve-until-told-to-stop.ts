import { demandSettings, type Part } from '#server/env.ts';
import { log } from '#server/log.ts';
import { processes } from '#server/metrics.ts';
import { shareCounts } from './counts.ts';
import { whyNotStarted } from './why-not-started.ts';

const patience = 12_000;

/**
 * The life of a process that serves: starts, tells its parent that it is ready and what it counts, and stops in order
 * at SIGINT, SIGTERM, SIGHUP, or when its parent is gone. Signals may come twice. Ends with code 1 when it cannot
 * start, with a plain line first that says why, or when something fails that nobody answered for.
 */
export async function serveUntilToldToStop(name: Part, start: () => Promise<() => Promise<void>>) {
  demandSettings(name);
  const tellCounts = shareCounts();
  let stop: (() => Promise<void>) | undefined;
  let leaving = false;

  const leave = (code: number, cause: string) => {
    if (leaving) return;
    leaving = true;
    const began = performance.now();
    if (stop) log().info({ cause }, `${name} stops`);
    // An end that hangs is an end all the same: everything acknowledged is committed.
    setTimeout(() => process.exit(code), patience).unref();
    Promise.resolve(stop?.())
      .then(tellCounts)
      .then(
        () => {
          if (stop) log().info({ ms: Math.round(performance.now() - began) }, `${name} has stopped`);
          process.exit(code);
        },
        (error: unknown) => {
          log().error({ err: error }, `${name} did not stop in order`);
          process.exit(1);
        },
      );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave(0, signal));
  process.on('disconnect', () => leave(0, 'its parent is gone'));
  for (const bug of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(bug, (error) => {
      log().fatal({ err: error }, `${name} has a bug and ends`);
      leave(1, bug);
    });

  try {
    stop = await start();
    processes.set({ part: name }, 1);
    log().info(`${name} is up`);
    process.send?.({ type: 'ready' });
  } catch (error) {
    const reason = whyNotStarted(error, name === 'worker' ? 'WORKER_PORT' : 'PORT');
    console.error(reason ?? `${name} could not start: see the next line.`);
    if (!reason) log().fatal({ err: error }, `${name} could not start`);
    leave(1, 'start');
  }
}
