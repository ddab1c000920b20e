import { expect, test } from 'vitest';
import { failureWords } from './failure-words.ts';

const none = { code: null, details: null };

test.each([
  [
    'This number is not on WhatsApp',
    'Check the number.',
    'Not delivered: This number is not on WhatsApp. Check the number.',
  ],
  [
    'Not sent: a person took over first',
    'Write it yourself.',
    'Not sent: a person took over first. Write it yourself.',
  ],
])('%s', (title, remedy, words) => {
  expect(failureWords({ title, remedy, ...none })).toBe(words);
});
