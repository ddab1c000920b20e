import { expect, test } from 'vitest';
import { displayNumber, displayNumbers } from './phone-number.ts';

test.each([
  ['16505551234', '+1 650 555 1234'],
  ['221775550142', '+221 77 555 01 42'],
  ['919820055512', '+91 98200 55512'],
  ['999', '+999'],
])('%s is written %s', (digits, written) => {
  expect(displayNumber(digits)).toBe(written);
});

test('a sentence keeps its other words and digits', () => {
  expect(displayNumbers('text to +16505551234')).toBe('text to +1\u00a0650\u00a0555\u00a01234');
  expect(displayNumbers('refused 131047')).toBe('refused 131047');
});
