import { expect, test } from 'vitest';
import { nameWords, phoneWords } from './phone-words.ts';

test.each([
  ['34612489017', '+34 612 48 90 17'],
  ['+4915123456789', '+49 1512 3456789'],
  ['00000', '+00000'],
  ['not a number', 'not a number'],
])('%s reads %s', (phone, words) => {
  expect(phoneWords(phone)).toBe(words);
});

test('a name stays a name', () => {
  expect(nameWords('Agent 47')).toBe('Agent 47');
  expect(nameWords('+34612489017')).toBe('+34 612 48 90 17');
});
