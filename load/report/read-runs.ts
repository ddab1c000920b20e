import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type CapacityRun, capacityRun } from '#load/model/run.ts';

/** A run and the file that it is in, as a report names it. */
export type StoredRun = { readonly file: string; readonly run: CapacityRun };

/** The runs of a folder that say something about capacity, by file name. Throws where one is not of the form. */
export function readRuns(folder: string): StoredRun[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .flatMap((name) => {
      const content: unknown = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
      if (typeof content !== 'object' || content === null || !('unit' in content)) return [];
      const run = capacityRun.safeParse(content);
      if (!run.success) throw new Error(`${name} is no capacity run: ${run.error.message}`);
      return [{ file: `load/results/${name}`, run: run.data }];
    });
}
