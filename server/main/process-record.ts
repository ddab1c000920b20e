import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { type ProcessRef, refer } from './process-table.ts';
import { writeWholeFile } from './whole-file.ts';

const ref = z.object({ pid: z.int().positive(), startMark: z.string() });
const shape = z.object({
  supervisor: ref,
  /** Those above the supervisor (start.mjs, npm): when one is gone, the supervisor is about to stop. */
  launchers: z.array(ref),
  stopping: z.boolean(),
  address: z.string(),
  children: z.array(ref.extend({ name: z.string() })),
});
export type ProcessRecord = z.infer<typeof shape>;

/** What an earlier start wrote down about its processes; nothing if there is none or it cannot be read. */
export function readRecord(file: string): ProcessRecord | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // whole files only are written, so it is somebody else's; leftovers are found without it
  }
}

export type OpenRecord = {
  readonly noteChild: (name: string, pid: number | undefined) => void;
  readonly forgetChild: (pid: number | undefined) => void;
  readonly noteStopping: () => void;
};

/** Writes this start's processes down, so that the next start can find them if this one is killed. */
export function openRecord(file: string, address: string, launcherPids: readonly number[]): OpenRecord {
  const self = refer(process.pid) ?? { pid: process.pid, startMark: '' };
  let record: ProcessRecord = {
    supervisor: self,
    launchers: launcherPids.flatMap((pid) => refer(pid) ?? []),
    stopping: false,
    address,
    children: [],
  };
  writeWholeFile(file, JSON.stringify(record));
  const write = (change: Partial<ProcessRecord>) => {
    record = { ...record, ...change };
    try {
      writeWholeFile(file, JSON.stringify(record));
    } catch {
      // a disk that is full now must not end what runs; on Linux leftovers are found without the record
    }
  };
  return {
    noteChild(name, pid) {
      const child: ProcessRef | undefined = pid === undefined ? undefined : refer(pid);
      if (child) write({ children: [...record.children, { ...child, name }] });
    },
    forgetChild(pid) {
      write({ children: record.children.filter((child) => child.pid !== pid) });
    },
    noteStopping() {
      write({ stopping: true });
    },
  };
}
