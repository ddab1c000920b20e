import { beforeEach, describe, expect, test } from 'vitest';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { catalog } from './catalog.ts';
import { enqueue } from './enqueue.ts';

const { owner } = testDatabase();
const tenantId = newId();
const job = () => ({ tenantId, conversationId: newId(), channelId: newId() });
const jobs = async () =>
  (
    await owner.query(
      'select name, data, state, start_after > created_on as later from pgboss.job order by created_on, name',
    )
  ).rows;

beforeEach(async () => {
  await owner.query('delete from pgboss.job');
});

describe('a job', () => {
  test('is there once its transaction has committed', async () => {
    const one = job();
    await asPlatform((tx) => enqueue(tx, 'deliver', [one]));
    expect(await jobs()).toEqual([{ name: 'deliver', data: one, state: 'created', later: false }]);
  });

  test('is not there when it failed', async () => {
    const failing = asPlatform(async (tx) => {
      await enqueue(tx, 'deliver', [job()]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await jobs()).toEqual([]);
  });

  test('waits once for each conversation, however many ask for it at once', async () => {
    const [one, other] = [job(), job()];
    await Promise.all(
      Array.from({ length: 12 }, () => asPlatform((tx) => enqueue(tx, 'deliver', [one, other, one]))),
    );
    expect(await jobs()).toHaveLength(2);
  });

  test('that is put off stands in nobody’s way, and waits once as well', async () => {
    const one = job();
    for (const afterSeconds of [30, 30, 0, 0])
      await asPlatform((tx) => enqueue(tx, 'deliver', [one], { afterSeconds }));
    expect((await jobs()).map(({ later }) => later).toSorted()).toEqual([false, true]);
  });

  test('of another kind is another job', async () => {
    const one = job();
    for (const name of ['deliver', 'take-turns'] as const) await asPlatform((tx) => enqueue(tx, name, [one]));
    expect(await jobs()).toHaveLength(2);
  });

  test('that is under way makes room for the next', async () => {
    const one = job();
    await asPlatform((tx) => enqueue(tx, 'deliver', [one]));
    await owner.query("update pgboss.job set state = 'active'");
    await asPlatform((tx) => enqueue(tx, 'deliver', [one]));
    expect((await jobs()).map(({ state }) => state).toSorted()).toEqual(['active', 'created']);
  });
});

test('a tenant’s transaction asks for a job and is a tenant’s again', async () => {
  const role = await withTenant(tenantId, async (tx) => {
    await enqueue(tx, 'deliver', [job()]);
    return tx.db.$queryRaw`select current_user::text as role`;
  });
  expect(role).toEqual([{ role: 'parley_tenant' }]);
  expect(await jobs()).toHaveLength(1);
});

test('no jobs are none', async () => {
  await asPlatform((tx) => enqueue(tx, 'deliver', []));
  expect(await jobs()).toEqual([]);
});

test('every kind of job names what it is about, and has a queue', async () => {
  const { rows } = await owner.query('select name from pgboss.queue order by 1');
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(catalog).sort()));
  const ids = { letterId: newId(), exportId: newId(), changeId: newId(), importId: newId() };
  for (const { payload, key } of Object.values(catalog)) {
    expect(payload.safeParse({ ...job(), ...ids }).success).toBe(true);
    expect(payload.safeParse({ ...job(), ...ids, [key]: undefined }).success).toBe(false);
  }
});
