import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Keys, keysForm } from '#server/secrets/key-file.ts';
import { explainFileFailure, StartFailure } from './failure.ts';
import { writeWholeFile } from './whole-file.ts';

const shape = keysForm.extend({
  authSecret: z.string().min(32),
  /** Of the embedded PostgreSQL's superuser; needs no escaping in an address. */
  postgresPassword: z.string().regex(/^[\w-]{20,}$/),
});
export type Secrets = z.infer<typeof shape>;

export const secretsFile = (dataFolder: string): string => path.join(dataFolder, 'secrets.json');

/** This folder's secrets: made at the first start, kept in `secrets.json` (0600), the same until a key is replaced. */
export function keepSecrets(dataFolder: string): Secrets {
  const file = secretsFile(dataFolder);
  if (existsSync(file)) return readSecrets(file);
  const secrets: Secrets = {
    authSecret: randomBytes(32).toString('base64url'),
    ...{ encryptionKey: newEncryptionKey(), encryptionKeysOld: [] },
    postgresPassword: randomBytes(24).toString('base64url'),
  };
  write(file, secrets);
  return secrets;
}

export const newEncryptionKey = (): string => randomBytes(32).toString('base64');

/** Puts other keys in the place of those in the file; who follows it has them from its next question on. */
export function replaceKeys(file: string, keys: Keys): void {
  write(file, { ...readSecrets(file), ...keys });
}

function write(file: string, secrets: Secrets): void {
  try {
    writeWholeFile(file, `${JSON.stringify(secrets, null, 2)}\n`);
  } catch (error) {
    throw explainFileFailure(error, file);
  }
}

/** Throws `StartFailure` where it is no such file. */
export function readSecrets(file: string): Secrets {
  const unreadable = `${file} cannot be read as it was written: restore it, or remove the whole folder to start from nothing (its data is lost).`;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw explainFileFailure(error, file);
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new StartFailure(unreadable);
  }
}
