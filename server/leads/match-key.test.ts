import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchKey } from './match-key.ts';

describe('two spellings of one number meet', () => {
  test.each([
    ['Brazil, mobile, with and without the ninth digit', '5511987654321', '551187654321'],
    ['Brazil, as WhatsApp and as people write it', '+55 (11) 98765-4321', '551187654321'],
    ['Mexico, with and without the 1', '5215512345678', '525512345678'],
    ['Argentina, with and without the 9', '5491123456789', '541123456789'],
    ['signs between the digits', '+1 (650) 555-1234', '16505551234'],
  ])('%s', (_, one, other) => {
    expect(matchKey(one)).toBe(matchKey(other));
  });
});

describe('distinct numbers stay distinct', () => {
  test.each([
    ['Brazil, a landline and a mobile with its digits', '551132345678', '5511932345678'],
    ['Brazil, two cities', '5511987654321', '5521987654321'],
    ['Mexico, a number whose own first digit is a 1', '521234567890', '52234567890'],
    ['Italy, a landline with its zero and one without', '390612345678', '39612345678'],
    ['Italy, a mobile', '393331234567', '390333123456'],
    ['Argentina, two numbers', '5491123456789', '5491123456780'],
    ['the United States and a longer one', '16505551234', '165055512349'],
    ['another country that begins alike', '549', '54'],
  ])('%s', (_, one, other) => {
    expect(matchKey(one)).not.toBe(matchKey(other));
  });

  // What the rules say of Brazil, Mexico and Argentina, told in another way: drop the sign of a mobile where it stands.
  const plain = (digits: string) =>
    digits
      .replace(/^(55\d\d)9([6-9]\d{7})$/, '$1$2')
      .replace(/^(52)1(\d{10})$/, '$1$2')
      .replace(/^(54)9(\d{10})$/, '$1$2');
  const digits = fc
    .tuple(fc.constantFrom('55', '52', '54', '39', '1', '49', ''), fc.stringMatching(/^\d{5,13}$/))
    .map(([country, rest]) => country + rest);

  test('two numbers share a key only if they are the same but for that sign', () => {
    fc.assert(
      fc.property(
        digits,
        digits,
        (one, other) => matchKey(one) !== matchKey(other) || plain(one) === plain(other),
      ),
      { numRuns: 2000 },
    );
  });

  test('a key is its own key', () => {
    fc.assert(fc.property(digits, (number) => matchKey(matchKey(number)) === matchKey(number)));
  });
});
