import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Simulation } from './simulation.ts';

/** What connected numbers rest on. The rest of the simulated Meta lives as long as its process. */
type Kept = Pick<Simulation, 'directory' | 'standings'>;

const record = z.record(z.string(), z.unknown());
const memory = z.object({ directory: record, standings: record });

/**
 * Takes up what the file holds, and writes it again after each change, a moment later. A file that cannot be read is
 * none: numbers that were made up are lost, and everything else goes on.
 */
export function keepMemory({ directory, standings }: Kept, file: string): { close(): void } {
  try {
    const kept = memory.parse(JSON.parse(readFileSync(file, 'utf8')));
    directory.restore(kept.directory);
    standings.restore(kept.standings);
  } catch {
    // Nothing was kept yet.
  }
  let waiting: NodeJS.Timeout | undefined;
  function save() {
    clearTimeout(waiting);
    waiting = undefined;
    const text = JSON.stringify({ directory: directory.snapshot(), standings: standings.snapshot() });
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  const soon = () => {
    waiting ??= setTimeout(save, 50);
  };
  directory.onChange(soon);
  standings.onChange(soon);
  return {
    close: () => {
      if (waiting) save();
    },
  };
}
