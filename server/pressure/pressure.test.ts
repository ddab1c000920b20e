import fc from 'fast-check';
import { expect, test } from 'vitest';
import { givingWay, holdOn, whatGivesWay } from './pressure.ts';

test.each([
  [{ commitWait: 0, turnAge: 0 }, []],
  [{ commitWait: 249, turnAge: 4.9 }, []],
  [{ commitWait: 250, turnAge: 0 }, ['export']],
  [{ commitWait: 0, turnAge: 12 }, ['export', 'import']],
  [{ commitWait: 700, turnAge: 0 }, ['export', 'import', 'bulk-change']],
  [{ commitWait: 0, turnAge: 3_600 }, ['export', 'import', 'bulk-change']],
  [{ commitWait: 1_500, turnAge: 0 }, ['export', 'import', 'bulk-change', 'take-turns']],
] as const)('%j: %j', (signs, expected) => {
  expect(whatGivesWay(signs)).toEqual(expected);
});

test('the harder it is, the more gives way, and never one before those that come earlier', () => {
  const sign = fc.record({ commitWait: fc.nat(5_000), turnAge: fc.nat(100) });
  fc.assert(
    fc.property(sign, sign, (a, b) => {
      const harder = {
        commitWait: Math.max(a.commitWait, b.commitWait),
        turnAge: Math.max(a.turnAge, b.turnAge),
      };
      const [less, more] = [whatGivesWay(a), whatGivesWay(harder)];
      expect(more.slice(0, less.length)).toEqual(less);
      expect(givingWay.map(({ kind }) => kind).slice(0, more.length)).toEqual(more);
    }),
  );
});

test('what gave way stays so for a while; harder signs count at once', () => {
  const hold = holdOn(5_000);
  expect(hold(['export'], 0)).toEqual(['export']);
  expect(hold([], 4_999)).toEqual(['export']);
  expect(hold(['export', 'import'], 4_999)).toEqual(['export', 'import']);
  expect(hold([], 9_998)).toEqual(['export', 'import']);
  expect(hold([], 9_999)).toEqual([]);
});
