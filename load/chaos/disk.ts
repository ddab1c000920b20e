import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';

/** The file system that a run's product and database are on. */
export type Disk = {
  readonly folder: string;
  /** Takes all the room that is left; the returned function gives it back. None where the disk is everybody's. */
  readonly fill: (() => Promise<() => void>) | undefined;
  /** Why it cannot be filled. */
  readonly whyNot: string | undefined;
  readonly remove: () => void;
};

/** What its mount is called. */
const device = 'parley-chaos';

/** A disk of its own in memory, so many MB, where this user may mount one (root on Linux); else an ordinary folder. */
export function makeDisk(folder: string, megabytes: number): Disk {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, device, folder], {
    encoding: 'utf8',
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (mounted.status !== 0)
    return {
      folder,
      fill: undefined,
      whyNot: `a disk of its own could not be mounted here (${mounted.stderr?.trim() || mounted.error?.message})`,
      remove,
    };
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    whyNot: undefined,
    fill: async () => {
      await fillUp(ballast);
      return () => rmSync(ballast, { force: true });
    },
    remove: () => {
      unmount(folder);
      remove();
    },
  };
}

/** Takes away the disks in this folder that a killed run left: those of processes that live no more. */
export function unmountLeft(folder: string): void {
  for (const line of readFileSync('/proc/self/mounts', 'utf8').split('\n')) {
    const [what, where = ''] = line.split(' ');
    if (what !== device || !where.startsWith(`${folder}${path.sep}chaos-`)) continue;
    const [pid] = where.slice(`${folder}${path.sep}chaos-`.length).split('-');
    if (!existsSync(`/proc/${pid}`)) unmount(where);
  }
}

function unmount(folder: string) {
  // Lazily: a process that is just ending must not keep it.
  spawnSync('umount', ['--lazy', folder]);
}

/** Beside whatever else this process does meanwhile. */
async function fillUp(file: string) {
  const handle = await open(file, 'w', 0o600);
  try {
    // In pieces that become smaller, until not even a page fits.
    for (let size = 4 * 1024 * 1024; size >= 4_096; )
      try {
        const { bytesWritten } = await handle.write(Buffer.alloc(size, 1));
        if (bytesWritten < size) size /= 2;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
        size /= 2;
      }
  } finally {
    await handle.close();
  }
}
