import path from 'node:path';
import { endCluster } from './cluster-processes.ts';
import { endProcesses } from './end-processes.ts';
import { StartFailure } from './failure.ts';
import { withLock } from './folder-lock.ts';
import { type OpenRecord, openRecord, type ProcessRecord, readRecord } from './process-record.ts';
import { ancestry, isLiving, listProcessesWith } from './process-table.ts';
import { say } from './say.ts';

/** In the environment of everything that is started, with the data folder as value: what remains can be told by it. */
export const marker = 'PARLEY_FOLDER';

/**
 * Makes this process the one Parley of the data folder. A running one refuses (`StartFailure`). One that stops, or
 * whose launcher was killed, is waited for; what a killed one left is ended, PostgreSQL included.
 */
export async function takeFolder(
  folder: string,
  address: string,
  launchers: readonly number[],
): Promise<OpenRecord> {
  return withLock(path.join(folder, 'start.lock'), async () => {
    const file = path.join(folder, 'processes.json');
    const former = readRecord(file);
    if (former && isLiving(former.supervisor)) await outlive(former);
    await endLeftovers(folder, former);
    return openRecord(file, address, launchers);
  });
}

async function outlive({ supervisor, launchers, stopping, address }: ProcessRecord): Promise<void> {
  if (!stopping && launchers.every(isLiving))
    throw new StartFailure(`Parley already runs in this folder (pid ${supervisor.pid}, ${address}).`);
  say('  … waiting for the earlier Parley to stop');
  await endProcesses(
    [supervisor],
    [
      { signal: 'SIGTERM', patienceMs: 12_000 },
      { signal: 'SIGKILL', patienceMs: 3000 },
    ],
  );
}

async function endLeftovers(folder: string, former: ProcessRecord | undefined): Promise<void> {
  const mine = ancestry();
  const marked = listProcessesWith(marker, folder).filter(({ pid }) => !mine.has(pid));
  const left = [...(former?.children ?? []), ...marked].filter(isLiving);
  if (left.length > 0) say('  … ending what an earlier Parley left running');
  await endProcesses(left);
  await endCluster(path.join(folder, 'pg'));
}
