import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { seal, unseal } from './seal.ts';

test('what was sealed is read again', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (secret) => unseal(seal(secret)) === secret));
});

test('the same secret looks different each time, and nothing like itself', () => {
  const [one, other] = [seal('the token'), seal('the token')];
  expect(one).not.toEqual(other);
  expect(Buffer.from(one).includes('the token')).toBe(false);
});

test('a single changed bit is noticed, wherever it is', () => {
  const sealed = seal('the token');
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Uint8Array.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => unseal(changed), `bit ${bit}`).toThrow();
  }
});

test.each([0, 1, 12, 20, 27])('what is cut off after %i bytes is noticed', (length) => {
  expect(() => unseal(seal('the token').subarray(0, length))).toThrow();
});

test('another key opens nothing', async () => {
  const sealed = seal('the token');
  vi.resetModules();
  process.env['ENCRYPTION_KEY'] = Buffer.alloc(32, 'another').toString('base64');
  const other = await import('#server/channels/seal.ts');
  expect(() => other.unseal(sealed)).toThrow();
});
