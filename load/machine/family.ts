import { readdirSync, readFileSync } from 'node:fs';

export type Process = { readonly pid: number; readonly parent: number; readonly command: string };

/** A process and all that it started, itself first. Linux only: read from /proc. */
export function familyOf(root: number): Process[] {
  const all = readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    return pid ? (look(pid) ?? []) : [];
  });
  const children = Map.groupBy(all, ({ parent }) => parent);
  const gather = (one: Process): Process[] => [one, ...(children.get(one.pid) ?? []).flatMap(gather)];
  return all.filter(({ pid }) => pid === root).flatMap(gather);
}

/** What a process holds of the memory, in MB. */
export function memoryOf(pid: number): number {
  const [, kilobytes = 0] = /^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes) / 1024;
}

/** Whether it was sent; a process that is gone hears nothing. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function look(pid: number): Process | undefined {
  const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
  const stat = read(`/proc/${pid}/stat`);
  // pid (name, which may hold spaces and brackets) state ppid …
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return command && parent && state !== 'Z' ? { pid, parent: Number(parent), command } : undefined;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return ''; // gone meanwhile
  }
}
