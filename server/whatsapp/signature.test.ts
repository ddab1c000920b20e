import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSigned } from './signature.ts';

const secret = 'the app’s secret';
const hex = (body: Uint8Array, key = secret) => createHmac('sha256', key).update(body).digest('hex');
const body = Buffer.from('{"object":"whatsapp_business_account"}');
const bytes = fc.uint8Array({ maxLength: 300 });

test('any bytes that were signed with the secret are signed', () => {
  fc.assert(fc.property(bytes, (signed) => isSigned(signed, `sha256=${hex(signed)}`, secret)));
});

test('the digits may be written large', () => {
  expect(isSigned(body, `sha256=${hex(body).toUpperCase()}`, secret)).toBe(true);
});

test('a single flipped bit of the body breaks the signature', () => {
  const flipped = fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), fc.nat(7));
  fc.assert(
    fc.property(flipped, ([signed, place, bit]) => {
      const header = `sha256=${hex(signed)}`;
      const changed = Uint8Array.from(signed);
      const index = place % changed.length;
      changed[index] = (changed[index] ?? 0) ^ (1 << bit);
      return !isSigned(changed, header, secret);
    }),
  );
});

test('a single changed digit of the signature breaks it', () => {
  fc.assert(
    fc.property(bytes, fc.nat(63), fc.integer({ min: 1, max: 15 }), (signed, place, by) => {
      const digits = hex(signed);
      const digit = ((Number.parseInt(digits.charAt(place), 16) + by) % 16).toString(16);
      return !isSigned(signed, `sha256=${digits.slice(0, place)}${digit}${digits.slice(place + 1)}`, secret);
    }),
  );
});

test('another secret signs nothing', () => {
  fc.assert(
    fc.property(
      fc.string(),
      (other) => other === secret || !isSigned(body, `sha256=${hex(body, other)}`, secret),
    ),
  );
});

test('any text at all is taken for a header without an exception', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (header) => !isSigned(body, header, secret)));
});

describe('what is no signature', () => {
  const right = hex(body);
  test.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['the prefix alone', 'sha256='],
    ['another algorithm', `sha1=${right}`],
    ['no prefix', right],
    ['a digit short', `sha256=${right.slice(1)}`],
    ['a digit more', `sha256=${right}0`],
    ['a space before', ` sha256=${right}`],
    ['a line break after', `sha256=${right}\n`],
    ['two joined by a comma', `sha256=${right}, sha256=${right}`],
    ['no digits', `sha256=${'g'.repeat(64)}`],
    ['full-width digits', `sha256=${'０'.repeat(64)}`],
    ['not ASCII', `sha256=${'é'.repeat(64)}`],
    ['base64', `sha256=${Buffer.from(right, 'hex').toString('base64')}`],
  ])('%s', (_, header) => {
    expect(isSigned(body, header, secret)).toBe(false);
  });

  test('one with an empty secret, though it fits', () => {
    expect(isSigned(body, `sha256=${hex(body, '')}`, '')).toBe(false);
  });
});
