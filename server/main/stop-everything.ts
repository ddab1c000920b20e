import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endCluster } from './cluster-processes.ts';
import type { House } from './house.ts';
import { removeRunning } from './running-file.ts';

const childrenPatienceMs = 7500;
const postgresPatienceMs = 4000;

/**
 * Ends everything within 15 s: web and workers, then the simulated Meta they talk to, PostgreSQL last. Whoever does
 * not leave in time is killed. `hurry` cuts the waiting short, but PostgreSQL still shuts down in order.
 */
export async function stopEverything(house: House, hurry: AbortSignal): Promise<void> {
  house.stopping = true;
  house.record.noteStopping();
  removeRunning(house.folder);
  house.helpers.stop('SIGTERM');
  const children = [...house.children.values()];
  const front = children.filter(({ name }) => name !== 'meta').map((child) => child.stop());
  const all = Promise.all(front).then(() => house.children.get('meta')?.stop());
  await Promise.race([all, patience(childrenPatienceMs, hurry)]);
  for (const child of children) child.kill();
  house.helpers.stop('SIGKILL');
  await Promise.race([all, patience(1000)]);
  house.children.get('meta')?.kill();
  if (!house.plan.embedded) return;
  await Promise.race([house.postgres.catch(() => {}), patience(3000, hurry)]); // one that is just starting
  await endCluster(path.join(house.folder, 'pg'), postgresPatienceMs);
}

function patience(ms: number, signal?: AbortSignal): Promise<void> {
  return sleep(ms, undefined, signal ? { signal } : {}).catch(() => {});
}
