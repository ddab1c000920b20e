import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adviceFor, type FailureClass } from './failures.ts';

// Meta's error codes and what is to be done about them.
const byClass: Record<FailureClass, number[]> = {
  retry: [1, 2, 131000, 131016, 131057, 133004],
  slow: [4, 17, 32, 613, 80007, 130429],
  pair: [131056],
  never: [100, 131008, 131009, 131021, 131030, 131047, 131048, 131051, 131053, 131062],
  recipient: [130472, 130497, 131026, 131049, 131050],
  account: [0, 3, 10, 33, 190, 200, 250, 299, 368, 131005, 131031, 131037, 131042, 131045, 133010],
};
const known = Object.entries(byClass).flatMap(([name, codes]) => codes.map((code) => [code, name] as const));

test.each(known)('%i is of class %s, whatever the HTTP status', (code, name) => {
  for (const status of [undefined, 200, 400, 429, 500, 503]) expect(adviceFor(code, status).class).toBe(name);
});

test.each([
  [429, 'slow'],
  [500, 'retry'],
  [503, 'retry'],
  [400, 'never'],
  [401, 'never'],
  [undefined, 'never'],
] as const)('an unknown code with HTTP %s is of class %s', (status, name) => {
  expect(adviceFor(987_654, status).class).toBe(name);
  expect(adviceFor(null, status).class).toBe(name);
});

test('every code says what happened and what to do, in a sentence each', () => {
  fc.assert(
    fc.property(
      fc.option(fc.oneof(fc.integer(), fc.constantFrom(...known.map(([code]) => code)))),
      (code) => {
        const { title, remedy } = adviceFor(code);
        return title.length > 10 && !title.endsWith('.') && /^[A-Z].+\.$/.test(remedy);
      },
    ),
  );
});
