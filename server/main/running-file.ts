import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { explainFileFailure } from './failure.ts';
import { writeWholeFile } from './whole-file.ts';

const form = z.object({
  web: z.string(),
  meta: z.string().optional(),
  /** A login that reads every tenant. */
  database: z.string(),
});
type Running = Readonly<z.infer<typeof form>>;

/** Says to other programs on this machine where everything is (mode 0600); only once all of it is ready. */
export function writeRunning(folder: string, running: Running): void {
  const file = path.join(folder, 'running.json');
  try {
    writeWholeFile(file, `${JSON.stringify(running, null, 2)}\n`);
  } catch (error) {
    throw explainFileFailure(error, file);
  }
}

/** Tells the reader's new address beside that file of secrets, where it is the reader's that is told. */
export function renewReader(secretsFile: string, address: string): void {
  const folder = path.dirname(secretsFile);
  const running = readRunning(folder);
  if (running && new URL(running.database).username === new URL(address).username)
    writeRunning(folder, { ...running, database: address });
}

/** What runs in this folder; undefined when nothing does. */
export function readRunning(folder: string): Running | undefined {
  const file = path.join(folder, 'running.json');
  return existsSync(file) ? form.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

export function removeRunning(folder: string): void {
  rmSync(path.join(folder, 'running.json'), { force: true });
}
