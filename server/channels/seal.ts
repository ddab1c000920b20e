import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { env } from '#server/env.ts';

const algorithm = 'aes-256-gcm';
const [ivLength, tagLength] = [12, 16];

/** Encrypts a secret for the database: 12 bytes of nonce, 16 of tag, then the text under ENCRYPTION_KEY. */
export function seal(secret: string): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, key(), iv);
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), text]));
}

/** The secret again. Throws when the key is another one or a bit was changed. */
export function unseal(sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv(algorithm, key(), bytes.subarray(0, ivLength), {
    authTagLength: tagLength,
  });
  decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
  return Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]).toString(
    'utf8',
  );
}

const key = () => Buffer.from(env().ENCRYPTION_KEY, 'base64');
