import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { loadFolder, project } from '#load/house/load-folder.ts';
import { type House, startHouse } from '#load/house/start-house.ts';
import { commitOf, describeMachine } from '#load/machine/describe-machine.ts';
import type { ImportOptions } from './options.ts';

const tenants = 10;

/** A product with one worker and one door, and a folder beside it for lists; both are gone afterwards. */
export async function withHouse<T extends object>(
  options: ImportOptions,
  say: (what: string) => void,
  stopped: AbortSignal,
  work: (house: House, folder: string) => Promise<T>,
) {
  mkdirSync(loadFolder, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(path.join(loadFolder, `house-${process.pid}-`));
  const house = await startHouse(
    {
      ...{
        root: project,
        door: 'ingest',
        doors: 1,
        workers: 1,
        meta: false,
        botOn: false,
        channels: tenants,
      },
      ...(options.port !== undefined && { firstPort: options.port }),
      variables: { LOG_LEVEL: 'error', ...options.variables },
    },
    say,
    stopped,
  );
  try {
    const result = await Promise.race([work(house, folder), house.untilLost]);
    return {
      ...{ scenario: 'import', pace: options.pace, rows: options.rows, ...result },
      ...{ machine: describeMachine(new Date()), commit: commitOf(project) },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await house.stop(options.keep);
  }
}
