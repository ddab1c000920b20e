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
  /** How busy all cores were on average, 0 to 1, and what of it others used; null where the system does not tell. */
  readonly end: () => {
    readonly usages: readonly Usage[];
    readonly busy: number | null;
    readonly others: number | null;
  };
};

/** `ticks` are its own, `ended` those of its children that have ended, which it keeps for them. */
type Line = { readonly pid: number; readonly parent: number; readonly ticks: number; readonly ended: number };
type Group = { pids: string; highest: number; used: number; cpuPeak: number; memory: number[] };
type Sum = { readonly pids: string; readonly ticks: number; readonly memory: number };

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
    for (const [name, { pids, ticks, memory }] of gather(roots())) {
      const group: Group = groups.get(name) ?? { pids, highest: ticks, used: 0, cpuPeak: 0, memory: [] };
      groups.set(name, group);
      // One that took another's place begins anew. Else the sum only falls where a process ended between the look at
      // its parent and the one at itself; the next look finds with the parent what it had used.
      const before = pids === group.pids ? group.highest : 0;
      const more = Math.max(0, ticks - before);
      group.used += more;
      group.highest = before + more;
      group.pids = pids;
      const used = more / ticksPerSecond / ((now - lookedAt) / 1000 || 1);
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
      const usages = [...groups].map(([name, { used, cpuPeak, memory }]) => ({
        ...{ name, cpuPeak, memory },
        memoryPeak: Math.max(0, ...memory),
        memoryEnd: memory.at(-1) ?? 0,
        cpu: used / ticksPerSecond / seconds,
      }));
      return { usages, ...sharesOf(machineBefore, readCpuTimes(), groups) };
    },
  };
}

function sharesOf(before: CpuTimes | undefined, after: CpuTimes | undefined, groups: Map<string, Group>) {
  if (!before || !after) return { busy: null, others: null };
  const busy = busyShare(before, after);
  const ours = [...groups.values()].reduce((sum, { used }) => sum + used, 0);
  return { busy, others: Math.max(0, busy - ours / Math.max(1, after.total - before.total)) };
}

/** Adds up each root's tree. Of a root that only watches its children, the memory is not counted. */
function gather(roots: readonly Root[]): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  if (!existsSync('/proc/self/stat')) return sums;
  const lines = readLines();
  const parents = new Map(lines.map(({ pid, parent }) => [pid, parent]));
  const names = new Map(roots.map(({ pid, name }) => [pid, name]));
  const above = new Set<number>();
  for (const { pid } of roots) for (let one = parents.get(pid); one; one = parents.get(one)) above.add(one);
  const members = new Map<string, Line[]>();
  for (const line of lines) {
    let root: number | undefined = line.pid;
    while (root && !names.has(root)) root = parents.get(root);
    const name = root === undefined ? undefined : names.get(root);
    if (name) members.set(name, [...(members.get(name) ?? []), line]);
  }
  for (const [name, tree] of members) {
    // Who has roots below it would count one that ended a second time.
    const ticks = tree.reduce((sum, line) => sum + line.ticks + (above.has(line.pid) ? 0 : line.ended), 0);
    const pids = tree.map(({ pid }) => pid);
    sums.set(name, {
      ticks,
      pids: pids.filter((pid) => names.has(pid)).join(),
      memory: memoryOf(pids.filter((pid) => !names.has(pid) || tree.length === 1)),
    });
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
    const both = (first: number) => Number(fields[first]) + Number(fields[first + 1]);
    return fields.length > 14 ? [{ pid, parent: Number(fields[1]), ticks: both(11), ended: both(13) }] : [];
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
