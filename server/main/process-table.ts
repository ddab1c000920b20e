import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A process for certain: its pid may come back for another one, its start mark does not. */
export type ProcessRef = { readonly pid: number; readonly startMark: string };

const hasProc = existsSync('/proc/self/stat');
const bootId = read('/proc/sys/kernel/random/boot_id').trim();

/** When that process began, as opaque text. `undefined` when it does not live; a zombie counts as dead. */
export function startMark(pid: number): string | undefined {
  if (hasProc) {
    // pid (name, which may hold spaces and brackets) state ppid …; the start is field 22
    const [, fields = ''] = read(`/proc/${pid}/stat`).split(/\) (?=[A-Za-z] \d)/);
    const [state, ...rest] = fields.split(' ');
    return !state || 'ZX'.includes(state) ? undefined : `${bootId}/${rest[18]}`;
  }
  const shown =
    spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  const [state, ...started] = shown.trim().split(/\s+/);
  return !state || state.startsWith('Z') ? undefined : started.join(' ');
}

/** That process as it is now; `undefined` when it does not live. */
export function refer(pid: number): ProcessRef | undefined {
  const mark = startMark(pid);
  return mark === undefined ? undefined : { pid, startMark: mark };
}

export function isLiving(ref: ProcessRef): boolean {
  return startMark(ref.pid) === ref.startMark;
}

/** Every living process with its command line. */
export function listProcesses(): { pid: number; command: string }[] {
  if (hasProc) {
    const all = pidsInProc().map((pid) => ({
      pid,
      command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim(),
    }));
    return all.filter(({ command }) => command !== ''); // zombies and kernel threads have none
  }
  const shown = spawnSync('ps', ['-axww', '-o', 'pid=,stat=,command='], { encoding: 'utf8' }).stdout ?? '';
  return shown.split('\n').flatMap((line) => {
    const [, pid, state, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid && state && command && !state.startsWith('Z') ? [{ pid: Number(pid), command }] : [];
  });
}

/** Processes that were started with this variable in their environment, on systems that show it (Linux). */
export function listProcessesWith(variable: string, value: string): ProcessRef[] {
  if (!hasProc) return [];
  const wanted = `\0${variable}=${value}\0`;
  return pidsInProc()
    .filter((pid) => `\0${read(`/proc/${pid}/environ`)}`.includes(wanted))
    .flatMap((pid) => refer(pid) ?? []);
}

/** This process and those above it, which a clean-up must never end. */
export function ancestry(): Set<number> {
  const found = new Set<number>([process.pid, process.ppid]);
  for (let pid = process.ppid; hasProc && pid > 1; ) {
    const [, fields = ''] = read(`/proc/${pid}/stat`).split(/\) (?=[A-Za-z] \d)/);
    pid = Number(fields.split(' ')[1] ?? 0);
    found.add(pid);
  }
  return found;
}

function pidsInProc(): number[] {
  return readdirSync('/proc').map(Number).filter(Boolean);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return ''; // gone meanwhile, or not ours to read
  }
}
