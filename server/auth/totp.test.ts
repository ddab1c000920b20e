import { expect, test } from 'vitest';
import { codeAt, newTotpSecret, stepAt, stepOfCode, toBase32, totpUri } from './totp.ts';

// The secret of RFC 6238's appendix B; its eight digits end in our six.
const secret = toBase32(Buffer.from('12345678901234567890'));

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('after %i seconds the code is %s, as the standard says', (seconds, code) => {
  expect(codeAt(secret, stepAt(new Date(seconds * 1000)))).toBe(code);
});

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foobar', 'MZXW6YTBOI'],
])('“%s” in base32 is “%s”', (text, base32) => {
  expect(toBase32(Buffer.from(text))).toBe(base32);
});

test('the code of the step before and after fits too, and none further away', () => {
  const now = new Date(1_234_567_890_000);
  const today = stepAt(now);
  const fits = [-2, -1, 0, 1, 2].map((by) => stepOfCode(secret, codeAt(secret, today + by), now));
  expect(fits).toEqual([undefined, today - 1, today, today + 1, undefined]);
  expect(stepOfCode(secret, '', now)).toBeUndefined();
});

test('each secret is another one, of 160 bits', () => {
  const secrets = new Set(Array.from({ length: 100 }, newTotpSecret));
  expect(secrets.size).toBe(100);
  for (const one of secrets) expect(one).toMatch(/^[A-Z2-7]{32}$/);
});

test('the QR code says whose it is', () => {
  expect(totpUri('ABC', 'a+b@acme.example', 'Parley (x.example)')).toBe(
    'otpauth://totp/Parley%20(x.example):a%2Bb%40acme.example?secret=ABC&issuer=Parley%20(x.example)',
  );
});
