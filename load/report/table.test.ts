import { expect, test } from 'vitest';
import { formatNumber, formatTable } from './table.ts';

test.each([
  [0, '0'],
  [3, '3'],
  [1.234, '1.23'],
  [12.345, '12.3'],
  [123.45, '123'],
  [12_345.6, '12,346'],
  [Number.NaN, '–'],
])('%d is written %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test('columns stand below each other, numbers to the right', () => {
  expect(
    formatTable([
      ['p50', '1.23', 'ms'],
      ['messages', '12,000', '/s'],
    ]),
  ).toBe('  p50         1.23  ms\n  messages  12,000  /s');
});
