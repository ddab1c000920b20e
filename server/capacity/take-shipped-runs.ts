import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CapacityRun } from '#load/model/run.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { Refusal } from '#server/refusal.ts';
import { rowOf } from './keep-runs.ts';
import { readRun, whyNotSoldBy } from './read-run.ts';

const results = path.join(import.meta.dirname, '../../load/results');

/**
 * An installation begins with the runs that came with it, the newest that can be sold by in use, so that its page says
 * something before anybody measured here. Does nothing once there is a run.
 */
export async function takeShippedRuns(folder = results): Promise<void> {
  const isEmpty = await asPlatform(async ({ db }) => (await db.loadRun.count()) === 0);
  if (!isEmpty) return;
  const runs = shippedRuns(folder);
  const inUse = runs
    .filter(({ run }) => run.scenario === 'breakpoint' && whyNotSoldBy(run) === undefined)
    .toSorted((a, b) => Date.parse(b.run.surroundings.at) - Date.parse(a.run.surroundings.at))[0];
  // Two processes may be at it: whoever comes second finds the names taken.
  await asPlatform(({ db }) =>
    db.loadRun.createMany({
      data: runs.map(({ name, run }) => ({
        ...{ id: newId(), name, inUse: name === inUse?.name, ...rowOf(run) },
      })),
      skipDuplicates: true,
    }),
  );
}

function shippedRuns(folder: string): { name: string; run: CapacityRun }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      try {
        const run = readRun(readFileSync(path.join(folder, file), 'utf8'));
        return [{ name: file.slice(0, -'.json'.length), run }];
      } catch (error) {
        // Most results say nothing about capacity.
        if (error instanceof Refusal) return [];
        throw error;
      }
    });
}
