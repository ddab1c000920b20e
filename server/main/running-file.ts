import { rmSync } from 'node:fs';
import path from 'node:path';
import { explainFileFailure } from './failure.ts';
import { writeWholeFile } from './whole-file.ts';

export type Running = {
  readonly web: string;
  readonly meta?: string;
  /** A login that reads every tenant. */
  readonly database: string;
};

/** Says to other programs on this machine where everything is (mode 0600); only once all of it is ready. */
export function writeRunning(folder: string, running: Running): void {
  const file = path.join(folder, 'running.json');
  try {
    writeWholeFile(file, `${JSON.stringify(running, null, 2)}\n`);
  } catch (error) {
    throw explainFileFailure(error, file);
  }
}

export function removeRunning(folder: string): void {
  rmSync(path.join(folder, 'running.json'), { force: true });
}
