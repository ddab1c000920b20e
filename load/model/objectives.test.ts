import { expect, test } from 'vitest';
import { brokenObjectives, defaultObjectives } from './objectives.ts';

const good = { p95: 250, errorShare: 0.01, queueAge: { begin: 1, end: 3 }, lost: 0 };

test.each([
  ['all at its limit', {}, undefined],
  ['slow', { p95: 251 }, 'p95 251 ms, at most 250'],
  ['wrong', { errorShare: 0.011 }, '1.1 % errors, at most 1 %'],
  ['growing', { queueAge: { begin: 1, end: 3.5 } }, 'the oldest job waits 2.5 s longer than before'],
  ['lost', { lost: 1 }, '1 acknowledged messages are not stored'],
  ['no queue', { queueAge: undefined, lost: undefined }, undefined],
])('%s', (_, change, said) => {
  expect(brokenObjectives({ ...good, ...change }, defaultObjectives)).toEqual(said ? [said] : []);
});
