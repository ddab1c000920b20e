import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';

/** 32 bytes in base64. */
const key = z.string().refine((text) => Buffer.from(text, 'base64').length === 32);

/** The part of a start's secrets that every process of it follows. */
export const keysForm = z.object({
  encryptionKey: key,
  /** What a replacement that is under way replaces. */
  encryptionKeysOld: z.array(key).default([]),
});
export type Keys = z.infer<typeof keysForm>;

let known: { file: string; version: string; keys: Keys } | undefined;

/**
 * What the file says now. It is replaced as a whole and read again when it is another one; where it cannot be read any
 * more, what it said last goes on to count. Throws when it could never be read.
 */
export function followKeyFile(file: string): Keys {
  try {
    const { ino, mtimeMs, size } = statSync(file);
    const version = `${ino} ${mtimeMs} ${size}`;
    if (known?.file !== file || known.version !== version)
      known = { file, version, keys: keysForm.parse(JSON.parse(readFileSync(file, 'utf8'))) };
  } catch (error) {
    if (known?.file !== file) throw error;
  }
  return known.keys;
}
