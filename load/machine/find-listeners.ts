import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * The topmost processes that listen on this port, by /proc: of a master that forked its workers the master alone.
 * Nothing where the system does not tell, or they are somebody else's.
 */
export function findListeners(port: number): number[] {
  const sockets = new Set(
    ['tcp', 'tcp6'].flatMap((table) => listeningSockets(read(`/proc/net/${table}`), port)),
  );
  if (sockets.size === 0) return [];
  const pids = list('/proc').filter((name) => Number(name) && holds(name, sockets));
  return pids.filter((pid) => !pids.includes(parentOf(pid))).map(Number);
}

/** Inodes of the sockets that listen on a port. A line: `sl local_address rem_address st … inode`, addresses in hex. */
export function listeningSockets(table: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === '0A' && inode && local.endsWith(`:${wanted}`) ? [inode] : [];
  });
}

function holds(pid: string, sockets: ReadonlySet<string>): boolean {
  return list(`/proc/${pid}/fd`).some((file) => {
    const inode = /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${file}`))?.[1];
    return inode !== undefined && sockets.has(inode);
  });
}

function parentOf(pid: string): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
}

const read = (file: string) => attempt(() => readFileSync(file, 'latin1'), '');
const list = (folder: string) => attempt(() => readdirSync(folder), []);
const link = (file: string) => attempt(() => readlinkSync(file), '');

/** Processes come and go while one looks, and some are not ours to look at. */
function attempt<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
