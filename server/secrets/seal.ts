import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { currentKey, knownKeys, type SealingKey } from './keys.ts';

const algorithm = 'aes-256-gcm';
const [idLength, ivLength, tagLength] = [4, 12, 16];
/** In front of the key's id. Sealed without it, a secret is of the time before ids and places. */
const mark = Buffer.from('PSL1', 'latin1');

/** Whose secret it is, and in which column it is kept; sealed for one place it opens in no other. */
export type Place = { column: string } & ({ tenantId: string } | { userId: string });

/**
 * Encrypts a secret for the database under ENCRYPTION_KEY, bound to its place: mark and key id (4 bytes each), nonce
 * (12), tag (16), then the text.
 */
export function seal(secret: string, place: Place): Uint8Array<ArrayBuffer> {
  const { id, bytes } = currentKey();
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, bytes, iv).setAAD(aadOf(place));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([mark, id, iv, cipher.getAuthTag(), text]));
}

/** How everything begins that today's key sealed in today's form: 8 bytes. */
export const sealPrefix = (): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat([mark, currentKey().id]));

/** The secret again. Throws when no known key fits, a bit was changed, or it was sealed for another place. */
export function unseal(sealed: Uint8Array, place: Place): string {
  const bytes = Buffer.from(sealed);
  const id = keyIdOf(bytes);
  const rest = bytes.subarray(mark.length + idLength);
  const ways = [
    ...(id ? knownKeys().filter((key) => key.id.equals(id)) : []).map(
      (key) => () => open(rest, key, aadOf(place)),
    ),
    // Before places: by any key. One such nonce in four thousand million begins with the mark, so this comes after it.
    ...knownKeys().map((key) => () => open(bytes, key)),
  ];
  for (const way of ways) {
    try {
      return way();
    } catch {
      // The next way, if there is one.
    }
  }
  throw new Error('a sealed secret could not be opened: another key, another place, or damaged');
}

/** Whether today's key sealed it, in today's form: otherwise it is to be sealed anew. */
export const isSealedToday = (sealed: Uint8Array): boolean =>
  keyIdOf(Buffer.from(sealed))?.equals(currentKey().id) ?? false;

const keyIdOf = (bytes: Buffer): Buffer | undefined =>
  bytes.subarray(0, mark.length).equals(mark)
    ? bytes.subarray(mark.length, mark.length + idLength)
    : undefined;

function open(bytes: Buffer, key: SealingKey, aad?: Buffer): string {
  const decipher = createDecipheriv(algorithm, key.bytes, bytes.subarray(0, ivLength), {
    authTagLength: tagLength,
  });
  if (aad) decipher.setAAD(aad);
  decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
  return Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]).toString(
    'utf8',
  );
}

const aadOf = (place: Place): Buffer =>
  Buffer.from(
    JSON.stringify([
      ...('tenantId' in place ? ['tenant', place.tenantId] : ['user', place.userId]),
      place.column,
    ]),
  );
