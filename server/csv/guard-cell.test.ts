import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guarded, unguarded } from './guard-cell.ts';

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .tuple(fc.constantFrom("'", "''", '=', "'=", "'+49", '-', '@', '\t', '\r', '＝'), fc.string())
    .map((parts) => parts.join('')),
);

test('nothing begins like a formula, and every text comes back', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(guarded(text)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      expect(unguarded(guarded(text))).toBe(text);
    }),
  );
});

test('an ordinary text is left alone', () => {
  for (const text of ['', 'Ana', "O'Neill", "'tis", '4915112345678']) {
    expect(guarded(text)).toBe(text);
    expect(unguarded(text)).toBe(text);
  }
});
