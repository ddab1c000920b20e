import { createCipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { testSettings } from '#server/testing/settings.ts';
import { isSealedToday, type Place, seal, unseal } from './seal.ts';

const tenantId = '01900000-0000-7000-8000-000000000001';
const place: Place = { tenantId, column: 'channels.access_token' };

/** As secrets were sealed before they had places. */
function sealOfOld(secret: string): Uint8Array {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(testSettings.ENCRYPTION_KEY, 'base64'), iv);
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), text]));
}

test('what was sealed is read again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (secret) => unseal(seal(secret, place), place) === secret),
  );
});

test('the same secret looks different each time, and nothing like itself', () => {
  const [one, other] = [seal('the token', place), seal('the token', place)];
  expect(one).not.toEqual(other);
  expect(Buffer.from(one).includes('the token')).toBe(false);
});

test.each<[string, Place]>([
  ['another tenant', { ...place, tenantId: '01900000-0000-7000-8000-000000000002' }],
  ['another column', { ...place, column: 'channels.app_secret' }],
  ['a user of the tenant’s id', { userId: tenantId, column: 'channels.access_token' }],
  ['names that run together', { tenantId: `${tenantId}","channels`, column: 'access_token' }],
])('sealed for one place it opens in no other: %s', (_, other) => {
  expect(() => unseal(seal('the token', place), other)).toThrow('could not be opened');
});

test('a single changed bit is noticed, wherever it is', () => {
  const sealed = seal('the token', place);
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Uint8Array.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => unseal(changed, place), `bit ${bit}`).toThrow();
  }
});

test.each([0, 1, 4, 8, 20, 28, 35])('what is cut off after %i bytes is noticed', (length) => {
  expect(() => unseal(seal('the token', place).subarray(0, length), place)).toThrow();
});

test('what was sealed before places is still read, and is known to be of old', () => {
  const old = sealOfOld('the token');
  expect(unseal(old, place)).toBe('the token');
  expect(isSealedToday(old)).toBe(false);
  expect(isSealedToday(seal('the token', place))).toBe(true);
});

test('another key opens nothing', async () => {
  const [sealed, old] = [seal('the token', place), sealOfOld('the token')];
  vi.resetModules();
  process.env['ENCRYPTION_KEY'] = Buffer.alloc(32, 'another').toString('base64');
  const other = await import('#server/secrets/seal.ts');
  expect(() => other.unseal(sealed, place)).toThrow();
  expect(() => other.unseal(old, place)).toThrow();
  expect(other.isSealedToday(sealed)).toBe(false);
});
