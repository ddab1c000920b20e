import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** This checkout. */
export const project = path.join(import.meta.dirname, '../..');
/** Where runs keep their data folders and results: on the disk that the product's own data is on. */
export const loadFolder = path.join(project, '.data/load');

/** Removes what a killed run left: data folders and checkouts of processes that live no more. */
export function sweepFolders(): void {
  if (!existsSync(loadFolder)) return;
  for (const name of readdirSync(loadFolder)) {
    const pid = Number(/^(?:house|commit|chaos)-(\d+)-/.exec(name)?.[1] ?? 0);
    if (pid && !isLiving(pid)) rmSync(path.join(loadFolder, name), { recursive: true, force: true });
  }
}

function isLiving(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
