import { expect, test } from 'vitest';
import { type Facts, stepsOf } from './steps.ts';

const nothing: Facts = { number: false, leads: false, script: false, answered: false };
const states = (facts: Facts, skipped: string[] = []) =>
  stepsOf(facts, skipped)
    .map(({ state }) => state)
    .join(' ');

test.each([
  ['a new tenant has said who it is', {}, [], 'done open open open open'],
  ['a number is connected', { number: true }, [], 'done done open open open'],
  ['leads are put off', { number: true }, ['leads'], 'done done skipped open open'],
  ['leads came after all', { leads: true }, ['leads'], 'done open done open open'],
  ['a script waits for a number', { script: true }, [], 'done open open done open'],
  [
    'everything is there',
    { number: true, leads: true, script: true, answered: true },
    [],
    'done done done done done',
  ],
  ['what must not be put off stays open', {}, ['number', 'test', 'nonsense'], 'done open open open open'],
] as const)('%s', (_, facts, skipped, expected) => {
  expect(states({ ...nothing, ...facts }, [...skipped])).toBe(expected);
});
