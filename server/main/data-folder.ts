import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { explainFileFailure } from './failure.ts';

/** Makes the data folder (only its owner may look in) and makes sure that it can be written to. */
export function openDataFolder(folder: string): void {
  const probe = path.join(folder, `.probe-${process.pid}`);
  try {
    mkdirSync(path.join(folder, 'logs'), { recursive: true, mode: 0o700 });
    writeFileSync(probe, 'x'.repeat(4096)); // more than an empty file: that fits on a full disk, too
    rmSync(probe);
  } catch (error) {
    try {
      rmSync(probe, { force: true });
    } catch {
      // the folder itself is the trouble
    }
    throw explainFileFailure(error, folder);
  }
}
