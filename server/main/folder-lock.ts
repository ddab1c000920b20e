import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startMark } from './process-table.ts';

/** Waits until no other living process holds this lock file, takes it, and gives it back when the work is done. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mine = `${process.pid} ${startMark(process.pid)}`;
  while (!take(file, mine)) await sleep(100);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string, mine: string): boolean {
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, mine);
  try {
    linkSync(aside, file); // unlike creating it, this brings the content in the same moment
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  const seen = readOr(file);
  const [pid, mark] = seen.split(/ (.*)/s);
  if (seen && startMark(Number(pid)) !== mark) removeStale(file, seen);
  return false;
}

/** Two may find the lock stale at once: whoever moved a fresh one away by mistake puts it back. */
function removeStale(file: string, seen: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readOr(aside) !== seen) linkSync(aside, file);
  } catch {
    // another one was faster
  }
  rmSync(aside, { force: true });
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
