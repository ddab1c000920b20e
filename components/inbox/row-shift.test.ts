import { expect, test } from 'vitest';
import { shiftOf } from './row-shift.ts';

const rows = (ids: string) => [...ids].map((id) => ({ id }));

test.each([
  ['at the top, new rows come into sight', 'abcdefgh', 'xabcdefgh', 0, 0],
  ['a row that comes new or from below pushes down', 'abcdefgh', 'habcdefg', 200, 64],
  ['two rows push twice as far', 'abcdefgh', 'xyabcdefgh', 200, 128],
  ['a row above that leaves pulls up', 'abcdefgh', 'bcdefgh', 200, -64],
  ['the row in sight that jumps to the top leaves the others where they are', 'abcdefgh', 'dabcefgh', 200, 0],
  ['nothing changes', 'abcdefgh', 'abcdefgh', 200, 0],
  ['nothing is left', 'abcdefgh', '', 200, 0],
])('%s', (_, before, after, scrollTop, shift) => {
  expect(shiftOf(rows(before), rows(after), scrollTop, 64)).toBe(shift);
});
