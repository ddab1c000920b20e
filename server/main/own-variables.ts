import { existsSync } from 'node:fs';
import { StartFailure } from './failure.ts';
import { readRunning } from './running-file.ts';
import { readSecrets, secretsFile } from './secrets.ts';
import { dataFolderOf, type Variables } from './surroundings.ts';

/**
 * What `npm start` has chosen by itself and a command beside it needs: its encryption key, with the file that every
 * process of it follows, and its database. Empty where nothing of the kind is kept. Throws `StartFailure` when the
 * database is a start's own and does not run.
 */
export function ownVariables(given: Variables): Variables {
  const folder = dataFolderOf(given);
  const file = secretsFile(folder);
  if (!existsSync(file)) return {};
  const { encryptionKey } = readSecrets(file);
  return {
    ...(given['DATABASE_URL'] === undefined && { DATABASE_URL: databaseOf(folder) }),
    ...(given['ENCRYPTION_KEY'] === undefined && { ENCRYPTION_KEY: encryptionKey, PARLEY_KEYS_FILE: file }),
  };
}

function databaseOf(folder: string): string {
  const running = readRunning(folder);
  if (!running)
    throw new StartFailure(
      'Nothing runs in this folder: npm start, then run this beside it. Or set DATABASE_URL.',
    );
  return running.database;
}
