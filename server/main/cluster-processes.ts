import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { endProcesses } from './end-processes.ts';
import { StartFailure } from './failure.ts';
import { listProcesses, type ProcessRef, refer } from './process-table.ts';

/** A name that PostgreSQL puts into the titles of all its processes, so that those of this data folder can be told. */
export function clusterName(folder: string): string {
  return `parley-${createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 12)}`;
}

/**
 * Ends every PostgreSQL process that works on this data folder, whoever started it: the postmaster by a fast shutdown
 * (sessions are cut, the data is written), then what a killed postmaster left. Busy backends outlive their postmaster
 * and keep its shared memory, and a new one refuses to start beside them.
 */
export async function endCluster(folder: string, patienceMs = 8000): Promise<void> {
  const { postmaster, backends } = findCluster(folder);
  if (postmaster)
    await endProcesses(
      [postmaster],
      [
        { signal: 'SIGINT', patienceMs },
        { signal: 'SIGQUIT', patienceMs: 3000 },
        { signal: 'SIGKILL', patienceMs: 2000 },
      ],
    );
  const left = await endProcesses(backends, [
    { signal: 'SIGQUIT', patienceMs: 2000 },
    { signal: 'SIGKILL', patienceMs: 3000 },
  ]);
  if (left.length > 0)
    throw new StartFailure(
      `An old PostgreSQL process (pid ${left[0]?.pid}) of ${folder} does not end: end it by hand, then start again.`,
    );
}

/**
 * Removes the pid file of a postmaster that is gone. PostgreSQL does so itself, except where the pid has come back
 * for another process or belongs to a zombie: then it would refuse to start. Call after `endCluster`.
 */
export function clearPidFile(folder: string): void {
  rmSync(path.join(folder, 'postmaster.pid'), { force: true });
}

/** Whether that postmaster says in its pid file that it takes connections. */
export function isReady(folder: string, pid: number): boolean {
  const file = path.join(folder, 'postmaster.pid');
  if (!existsSync(file)) return false;
  const lines = readFileSync(file, 'utf8').split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

function findCluster(folder: string): { postmaster: ProcessRef | undefined; backends: ProcessRef[] } {
  const name = clusterName(folder);
  const all = listProcesses();
  const main = all.find(
    ({ command }) => command.includes(`cluster_name=${name}`) && /postgres(\.exe)? -D /.test(command),
  );
  const backends = all.filter(({ command }) => command.startsWith(`postgres: ${name}: `));
  return {
    postmaster: main && refer(main.pid),
    backends: backends.flatMap(({ pid }) => refer(pid) ?? []),
  };
}
