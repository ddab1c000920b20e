import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How quiet a machine is. `idle` is a share of all cores, 0 to 1; null where the system does not tell (only Linux does). */
export type MachineSample = { readonly syncsPerSecond: number; readonly idle: number | null };

/** Hundredths of a second that all cores together have spent since the start of the machine. */
export type CpuTimes = { readonly busy: number; readonly total: number };

const syncFor = 500;
const idleFor = 1_000;

/** Takes a second and a half in which nothing else of ours should run. `folder`: on the disk that counts. */
export async function sampleMachine(folder: string): Promise<MachineSample> {
  const before = readCpuTimes();
  await sleep(idleFor);
  const after = readCpuTimes();
  return { idle: before && after ? 1 - busyShare(before, after) : null, syncsPerSecond: countSyncs(folder) };
}

/** What all cores have done so far; undefined where the system does not tell. */
export function readCpuTimes(): CpuTimes | undefined {
  if (!existsSync('/proc/stat')) return undefined;
  return parseCpuTimes(readFileSync('/proc/stat', 'latin1'));
}

/** The line `cpu user nice system idle iowait irq softirq steal guest …`; guests are in user already. */
export function parseCpuTimes(stat: string): CpuTimes | undefined {
  const numbers = /^cpu +([\d ]+)$/m.exec(stat)?.[1]?.trim().split(' ').map(Number).slice(0, 8);
  if (!numbers) return undefined;
  const total = numbers.reduce((sum, number) => sum + number, 0);
  const [, , , idle = 0, waiting = 0] = numbers;
  return { busy: total - idle - waiting, total };
}

/** The share of all cores that was busy between the two. */
export const busyShare = (before: CpuTimes, after: CpuTimes): number =>
  (after.busy - before.busy) / Math.max(1, after.total - before.total);

/** Writes of one page that reached the disk, one after the other, in a second. */
function countSyncs(folder: string): number {
  const file = path.join(folder, `.syncs-${process.pid}`);
  const page = Buffer.alloc(8_192, 1);
  const handle = openSync(file, 'w');
  try {
    const began = performance.now();
    let count = 0;
    while (performance.now() - began < syncFor) {
      writeSync(handle, page, 0, page.length, 0);
      fdatasyncSync(handle);
      count += 1;
    }
    return Math.round((count / (performance.now() - began)) * 1000);
  } finally {
    closeSync(handle);
    rmSync(file, { force: true });
  }
}
