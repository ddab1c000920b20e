import { beforeEach, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { forgetSpent, type Limit, neighbourhood, spend } from './limits.ts';
import { sweepAccounts } from './sweep-accounts.ts';

const { owner } = testDatabase();
const limit: Limit = { name: 'test', most: 3, seconds: 60 };
const other: Limit = { name: 'another', most: 1, seconds: 60 };

beforeEach(async () => {
  await owner.query('delete from rate_limits');
});

test('so many are taken, and then one waits until the window ends, however often one asks', async () => {
  const waits: number[] = [];
  for (let time = 0; time < 6; time += 1) waits.push(await spend({ limit, of: 'a' }));
  expect(waits.map((wait) => wait > 0)).toEqual([false, false, false, true, true, true]);
  expect(waits.at(-1)).toBeLessThanOrEqual(60);
  await owner.query("update rate_limits set ends_at = now() - interval '1 ms'");
  expect(await spend({ limit, of: 'a' })).toBe(0);
});

test('forty at once are counted one by one', async () => {
  const waits = await Promise.all(
    Array.from({ length: 40 }, () => spend({ limit, of: 'crowd' }, { limit: other, of: 'crowd' })),
  );
  expect(waits.filter((wait) => wait === 0)).toHaveLength(1);
  const { rows } = await owner.query('select spent from rate_limits');
  expect(rows).toEqual([{ spent: 40 }, { spent: 40 }]);
});

test('nobody else is held up, and one limit says nothing of another', async () => {
  for (let time = 0; time < 9; time += 1) await spend({ limit, of: 'a' });
  expect(await spend({ limit, of: 'b' })).toBe(0);
  expect(await spend({ limit: other, of: 'a' })).toBe(0);
});

test('who has shown that they may begins anew', async () => {
  for (let time = 0; time < 9; time += 1) await spend({ limit, of: 'a' });
  await forgetSpent({ limit, of: 'a' });
  expect(await spend({ limit, of: 'a' })).toBe(0);
});

test('what is counted is not kept in clear, and goes when its window has ended', async () => {
  await spend({ limit, of: 'mara@acme.example' });
  const { rows } = await owner.query('select key from rate_limits');
  expect(Buffer.from(rows[0].key).toString()).not.toContain('mara');
  await owner.query("update rate_limits set ends_at = now() - interval '1 s'");
  await sweepAccounts();
  expect((await owner.query('select from rate_limits')).rowCount).toBe(0);
});

test.each([
  ['10.0.0.9', '10.0.0.9'],
  ['2001:db8:1:2:aaaa::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['::ffff:10.0.0.9', '::ffff:10.0.0.9'],
  ['unknown', 'unknown'],
])('%s is in the neighbourhood %s', (address, near) => {
  expect(neighbourhood(address)).toBe(near);
});
