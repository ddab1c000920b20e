import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { array } from './array.ts';

const { owner } = testDatabase();

const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'NULL',
    'null',
    '{}',
    '{a,b}',
    '"',
    '\\',
    '\\"',
    "'",
    ',',
    '-',
    '1-',
    'dead-beef',
    '\n\t',
  ),
  fc.string({ unit: 'binary' }).filter((one) => !one.includes('\0') && one.isWellFormed()),
);

test('PostgreSQL reads from an array’s text what was put in', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.option(text)), async (values) => {
      const { rows } = await owner.query('select $1::text[] as read', [array(values)]);
      expect(rows[0].read).toEqual(values);
    }),
    { numRuns: 200 },
  ));

test('ids and numbers, and an array in an array', async () => {
  const ids = ['01a223f0-5b43-72bb-bdf4-9c5d225bc288', 'fffffff0-5b43-72bb-bdf4-9c5d225bc288'];
  const { rows } = await owner.query(
    'select $1::uuid[] as ids, $2::int[] as numbers, ($3::text[])[1]::uuid[] as inner',
    [array(ids), array([1, -2, null]), array([array(ids)])],
  );
  expect(rows).toEqual([{ ids, numbers: [1, -2, null], inner: ids }]);
});
