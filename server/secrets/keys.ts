import { createHash } from 'node:crypto';
import { env } from '#server/env.ts';

/** A key of 32 bytes, and the four bytes that name it in front of what was sealed with it. */
export type SealingKey = { id: Buffer; bytes: Buffer };

/** The key that seals. */
export const currentKey = (): SealingKey => keyOf(env().ENCRYPTION_KEY);

/** Every key that may have sealed what is stored, today's first. */
export const knownKeys = (): SealingKey[] => [currentKey()];

function keyOf(base64: string): SealingKey {
  const bytes = Buffer.from(base64, 'base64');
  return { id: createHash('sha256').update('key id ').update(bytes).digest().subarray(0, 4), bytes };
}
