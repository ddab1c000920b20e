import { expect, test } from 'vitest';
import {
  columnOfValue,
  leftWords,
  resultWords,
  sizeWords,
  undoneWords,
  valueOfColumn,
} from './import-words.ts';

test('the result counts who came twice in the file as known', () => {
  expect(resultWords({ created: 4, updated: 0, unchanged: 0, doubled: 1, refused: 3 })).toBe(
    '4 imported, 1 already known, 3 refused',
  );
});

test('an undo says what it left', () => {
  expect(undoneWords({ removed: 2_000, restored: 0, left: 1 })).toBe(
    'Undone: 2,000 removed, 0 as before, 1 left because somebody has touched them since',
  );
});

test.each([
  [0, 100, 5, 'just begun'],
  [50, 100, 8, '8 seconds left'],
  [99, 100, 60, '1 second left'],
  [1, 100, 10, '17 minutes left'],
])('%i of %i after %i s: %s', (done, total, seconds, words) => {
  expect(leftWords(done, total, seconds)).toBe(words);
});

test.each([
  [12, '12 bytes'],
  [412_000, '412 KB'],
  [11_800_000, '11.8 MB'],
])('%i is %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});

test.each([
  { to: 'phone' },
  { to: 'field', key: 'city' },
  { to: 'make', name: 'Born', kind: 'date', dates: 'day-month' },
] as const)('$to is chosen and found again', (column) => {
  expect(columnOfValue(valueOfColumn(column), 'Born', column)).toEqual(column);
});
