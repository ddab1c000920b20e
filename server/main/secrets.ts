import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { explainFileFailure, StartFailure } from './failure.ts';
import { writeWholeFile } from './whole-file.ts';

const shape = z.object({
  authSecret: z.string().min(32),
  /** 32 bytes in base64. */
  encryptionKey: z.string().refine((text) => Buffer.from(text, 'base64').length === 32),
  /** Of the embedded PostgreSQL's superuser; needs no escaping in an address. */
  postgresPassword: z.string().regex(/^[\w-]{20,}$/),
});
export type Secrets = z.infer<typeof shape>;

/** This folder's secrets: made at the first start, kept in `secrets.json` (0600), the same ever after. */
export function keepSecrets(dataFolder: string): Secrets {
  const file = path.join(dataFolder, 'secrets.json');
  if (existsSync(file)) return readSecrets(file);
  const secrets: Secrets = {
    authSecret: randomBytes(32).toString('base64url'),
    encryptionKey: randomBytes(32).toString('base64'),
    postgresPassword: randomBytes(24).toString('base64url'),
  };
  try {
    writeWholeFile(file, `${JSON.stringify(secrets, null, 2)}\n`);
  } catch (error) {
    throw explainFileFailure(error, file);
  }
  return secrets;
}

function readSecrets(file: string): Secrets {
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
