import { createHash } from 'node:crypto';
import { env } from '#server/env.ts';
import { followKeyFile, type Keys } from './key-file.ts';

/** A key of 32 bytes, also as it is given, and the four bytes that name it in front of what was sealed with it. */
export type SealingKey = { id: Buffer; bytes: Buffer; base64: string };

/** The key that seals. */
export const currentKey = (): SealingKey => keyOf(given().encryptionKey);

/** Every key that may have sealed what is stored, today's first. */
export const knownKeys = (): SealingKey[] => {
  const { encryptionKey, encryptionKeysOld } = given();
  return [encryptionKey, ...encryptionKeysOld].map(keyOf);
};

export function keyOf(base64: string): SealingKey {
  const bytes = Buffer.from(base64, 'base64');
  return { id: createHash('sha256').update('key id ').update(bytes).digest().subarray(0, 4), bytes, base64 };
}

/** As they are at this moment: a file of them may change while the process runs. */
function given(): Keys {
  const { PARLEY_KEYS_FILE: file } = env();
  if (file !== undefined) return followKeyFile(file);
  return { encryptionKey: env().ENCRYPTION_KEY, encryptionKeysOld: env().ENCRYPTION_KEYS_OLD };
}
