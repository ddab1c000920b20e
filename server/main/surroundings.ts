import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadEnvFile } from 'node:process';
import { type Part, readEnv, readStartingEnv, type StartingEnv, WrongSettings } from '#server/env.ts';
import { StartFailure } from './failure.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/** The checkout; everything is started in it. */
export const project = path.join(import.meta.dirname, '../..');

/** The environment with what `.env` adds; what is set outside wins, an empty variable counts as not set. */
export function readVariables(): Variables {
  const file = path.join(project, '.env');
  if (existsSync(file)) loadEnvFile(file);
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
}

/** Where everything of this start is kept: `.data`, unless PARLEY_DATA (for tests beside a running Parley) says otherwise. */
export function dataFolderOf(variables: Variables): string {
  return path.resolve(project, variables['PARLEY_DATA'] ?? '.data');
}

/** Parsed settings; those that a start makes by itself may be missing. Throws `StartFailure`, one line for each wrong one. */
export function checkGiven(variables: Variables): StartingEnv {
  return asFailure(() => readStartingEnv(variables));
}

/** Refuses an environment that this part could not run with. Throws `StartFailure`, one line for each setting. */
export function checkComplete(variables: Variables, part: Part): void {
  asFailure(() => readEnv(variables, part));
}

function asFailure<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof WrongSettings ? new StartFailure(error.problems.join('\n')) : error;
  }
}

/** The processes above this one whose end means ours: start.mjs says which, and only to its own child. */
export function launcherPids(variables: Variables): number[] {
  const pids = (variables['PARLEY_LAUNCHERS'] ?? '').split(',').map(Number).filter(Boolean);
  return pids[0] === process.ppid ? pids : [];
}
