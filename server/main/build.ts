import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { StartFailure } from './failure.ts';
import { withLock } from './folder-lock.ts';
import type { Helpers } from './helper.ts';
import { sourcesStamp } from './sources-stamp.ts';
import { project, type Variables } from './surroundings.ts';
import { writeWholeFile } from './whole-file.ts';

// What a build leaves; somebody may have tidied up half of it.
const parts = ['BUILD_ID', 'prerender-manifest.json', 'server/app', 'static'].map((name) =>
  path.join(project, '.next', name),
);
const stamp = path.join(project, '.next/parley-sources');

/** Whether the pages that are built are those of these sources. */
export function isBuilt(): boolean {
  return (
    [...parts, stamp].every((file) => existsSync(file)) &&
    readFileSync(stamp, 'utf8') === sourcesStamp(project)
  );
}

/**
 * Builds the pages. The stamp goes first and comes back last, so that a killed build is not taken for a whole one.
 * The output is kept in `build.log` and becomes the message when the build fails.
 */
export async function buildPages(helpers: Helpers, variables: Variables, folder: string): Promise<void> {
  // the lock belongs to the checkout, as .next does, whatever data folder this start uses
  mkdirSync(path.join(project, '.data'), { recursive: true, mode: 0o700 });
  await withLock(path.join(project, '.data/build.lock'), async () => {
    if (isBuilt()) return;
    rmSync(stamp, { force: true });
    const wanted = sourcesStamp(project); // of before: what changes meanwhile is built the next time
    const logFile = path.join(folder, 'build.log');
    const log = createWriteStream(logFile, { mode: 0o600 });
    log.on('error', () => {});
    try {
      await helpers.run({
        name: 'build',
        args: ['node_modules/next/dist/bin/next', 'build'],
        variables: { ...variables, NODE_ENV: 'production' },
        write: (chunk) => log.write(chunk),
      });
    } catch (error) {
      throw new StartFailure(explain(error instanceof Error ? error.message : String(error), logFile));
    } finally {
      log.end();
    }
    writeWholeFile(stamp, wanted, 0o644);
  });
}

function explain(said: string, logFile: string): string {
  if (said.includes('ENOSPC'))
    return 'The pages could not be built: the disk is full. Free 500 MB, then start again.';
  return `${said}\n\nThe pages could not be built: see above; all of it is in ${logFile}.`;
}
