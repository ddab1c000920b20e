import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { busyShare, type CpuTimes, readCpuTimes } from './sample-machine.ts';

/** What a named process and all below it used. CPU in cores (1 is one core), memory in MB. */
export type Usage = {
  readonly name: string;
  /** Over the whole time, and in the busiest second. */
  readonly cpu: number;
  readonly cpuPeak: number;
  readonly memoryPeak: number;
  readonly memoryEnd: number;
  /** Once a second. */
  readonly memory: readonly number[];
};

export type Root = { readonly name: string; readonly pid: number };

export type UsageWatch = {
  /** Cores that each used since the last look. */
  readonly look: () => ReadonlyMap<string, number>;
  /** What others used on average, as a share of all cores. */
  readonly end: () => { readonly usages: readonly Usage[]; readonly others: number | null };
};

/** `ticks`: its own, and those of its children that have ended, which it keeps for them. */
type Line = { readonly pid: number; readonly parent: number; readonly ticks: number };
type Group = { first: number; last: number; lastLook: number; cpuPeak: number; memory: number[] };

/** Ticks of /proc are hundredths of a second on every Linux. */
const ticksPerSecond = 100;

/** Watches these and what they start, from /proc; on other systems there is nothing to see. Look about once a second. */
export function watchUsage(roots: () => readonly Root[]): UsageWatch {
  const groups = new Map<string, Group>();
  const began = performance.now();
  const machineBefore = readCpuTimes();
  let lookedAt = began;

  function look() {
    const now = performance.now();
    const cores = new Map<string, number>();
    for (const [name, { ticks, memory }] of gather(roots())) {
      const group: Group = groups.get(name) ?? {
        ...{ first: ticks, last: ticks, lastLook: ticks, cpuPeak: 0, memory: [] },
      };
      groups.set(name, group);
      const used = Math.max(0, ticks - group.lastLook) / ticksPerSecond / ((now - lookedAt) / 1000 || 1);
      // A process whose parent ended with it is gone with what it used; the sum never goes down for that.
      group.last += Math.max(0, ticks - group.lastLook);
      group.lastLook = ticks;
      if (now - lookedAt > 500) group.cpuPeak = Math.max(group.cpuPeak, used);
      if (memory > 0) group.memory.push(memory); // a process that has just ended has none
      cores.set(name, used);
    }
    lookedAt = now;
    return cores;
  }

  look();
  return {
    look,
    end: () => {
      look();
      const seconds = (performance.now() - began) / 1000;
      const usages = [...groups].map(([name, { first, last, cpuPeak, memory }]) => ({
        ...{ name, cpuPeak, memory },
        memoryPeak: Math.max(0, ...memory),
        memoryEnd: memory.at(-1) ?? 0,
        cpu: (last - first) / ticksPerSecond / seconds,
      }));
      return { usages, others: othersShare(machineBefore, readCpuTimes(), groups) };
    },
  };
}

function othersShare(before: CpuTimes | undefined, after: CpuTimes | undefined, groups: Map<string, Group>) {
  if (!before || !after) return null;
  const ours = [...groups.values()].reduce((sum, { first, last }) => sum + last - first, 0);
  return Math.max(0, busyShare(before, after) - ours / Math.max(1, after.total - before.total));
}

/** Adds up each root's tree. Of a root that only watches its children, the memory is not counted. */
function gather(roots: readonly Root[]): Map<string, { ticks: number; memory: number }> {
  const sums = new Map<string, { ticks: number; memory: number }>();
  if (!existsSync('/proc/self/stat')) return sums;
  const lines = readLines();
  const parents = new Map(lines.map(({ pid, parent }) => [pid, parent]));
  const names = new Map(roots.map(({ pid, name }) => [pid, name]));
  const members = new Map<string, Line[]>();
  for (const line of lines) {
    let above: number | undefined = line.pid;
    while (above && !names.has(above)) above = parents.get(above);
    const name = above === undefined ? undefined : names.get(above);
    if (name) members.set(name, [...(members.get(name) ?? []), line]);
  }
  for (const [name, tree] of members) {
    const ticks = tree.reduce((sum, line) => sum + line.ticks, 0);
    const pids = tree.map(({ pid }) => pid);
    sums.set(name, { ticks, memory: memoryOf(pids.filter((pid) => !names.has(pid) || tree.length === 1)) });
  }
  return sums;
}

function readLines(): Line[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!pid) return [];
    const stat = read(`/proc/${pid}/stat`);
    // pid (name, which may hold spaces and brackets) state ppid … utime(14) stime(15) cutime(16) cstime(17)
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return fields.length > 14 ? [{ pid, parent: Number(fields[1]), ticks }] : [];
  });
}

/** What is private of each, and what they share once (PostgreSQL's processes share their buffers). MB. */
function memoryOf(pids: readonly number[]): number {
  let [own, shared] = [0, 0];
  for (const pid of pids) {
    const status = read(`/proc/${pid}/status`);
    const kilobytes = (field: string) =>
      Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    own += kilobytes('RssAnon') + kilobytes('RssFile');
    shared = Math.max(shared, kilobytes('RssShmem'));
  }
  return (own + shared) / 1024;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return ''; // gone meanwhile
  }
}
