import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { sweepQuarantine } from './sweep-quarantine.ts';

const { owner } = testDatabase();

test('what could not be understood is kept for thirty days', async () => {
  await owner.query(`
    insert into quarantine (id, at, reason, payload)
    select gen_random_uuid(), now() - make_interval(days => day), day::text, 'x' from unnest(array[0, 29, 31, 400]) as day`);
  await sweepQuarantine();
  const { rows } = await owner.query('select reason from quarantine order by at desc');
  expect(rows.map(({ reason }) => reason)).toEqual(['0', '29']);
});
