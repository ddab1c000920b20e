import { expect, test } from 'vitest';
import { problemOf, problemWords } from './problem.ts';

test.each([
  ['CredentialsSignin', /do not match/],
  ['CodeWanted', /code that your authenticator app shows/],
  ['WrongCode', /does not fit, or it was used before/],
  ['RateLimited:42', /Wait 42\u00a0seconds/],
  ['RateLimited:1', /Wait a second/],
  ['RateLimited:150', /Wait 3\u00a0minutes/],
  ['RateLimited:', /went wrong on our side/],
  ['Can’t reach database', /went wrong on our side/],
])('%s is told in words', (code, words) => {
  expect(problemWords(problemOf(code))).toMatch(words);
});
