import type { House } from '#load/house/start-house.ts';
import { watchUsage } from '#load/machine/process-usage.ts';

/** What the product says of an import: rows, and seconds of each part. */
type Told = {
  readonly lines: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly doubled: number;
  readonly refused: number;
  readonly seconds: { readonly keep: number; readonly check: number; readonly run: number };
};

/**
 * An import and what it took. `rate`: rows a second from the file to the last one that is committed, with what an undo
 * needs; `checkRate`: the same for the check before it. Memory in MB, of the time from the upload to the end; CPU in cores.
 */
export type ImportTiming = Told & {
  readonly rate: number;
  readonly checkRate: number;
  readonly workerMemory: number;
  readonly workerCpu: number;
  readonly databaseCpu: number;
  /** What other programs used meanwhile, as a share of the machine: much of it, and the rates say little. */
  readonly others: number | null;
};

/** Imports a list into the first tenant of a house, as a page does. */
export async function importList(
  house: House,
  list: string,
  pace: 'full' | 'gentle',
  onKnown: 'fill' | 'overwrite',
): Promise<ImportTiming> {
  const watch = watchUsage(house.processes);
  const looking = setInterval(watch.look, 500);
  try {
    const told = JSON.parse(
      await house.run(['prisma/load-import.ts', 'load-0000', list, pace, onKnown]),
    ) as Told;
    const watched = watch.end();
    const usages = new Map(watched.usages.map((usage) => [usage.name, usage]));
    return {
      ...told,
      rate: Math.round(told.lines / told.seconds.run),
      checkRate: Math.round(told.lines / told.seconds.check),
      workerMemory: Math.round(usages.get('worker')?.memoryPeak ?? 0),
      workerCpu: round2(usages.get('worker')?.cpu ?? 0),
      databaseCpu: round2(usages.get('postgres')?.cpu ?? 0),
      others: watched.others === null ? null : round2(watched.others),
    };
  } finally {
    clearInterval(looking);
  }
}

const round2 = (number: number) => Math.round(number * 100) / 100;
