import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { listen } from './listen.ts';
import { publish } from './publish.ts';

const { owner } = testDatabase();
const [tenantId, otherId] = [newId(), newId()];
let heard: (string[] | null)[] = [];
let stop: () => void;

const listening = async () =>
  (
    await owner.query(
      "select pid from pg_stat_activity where application_name = 'parley-live' and query ~ '^listen' and datname = current_database()",
    )
  ).rows;
const publishTo = (id: string, ids: string[]) =>
  asPlatform((tx) =>
    publish(
      tx,
      ids.map((conversationId) => ({ tenantId: id, conversationId })),
    ),
  );

beforeAll(async () => {
  await publishTo(tenantId, []);
});

test('whoever listens first is told to fetch everything once listening has begun', async () => {
  // The listener that every test has is the first one here.
  await expect.poll(() => heard).toEqual([null]);
});

beforeEach(async () => {
  heard = [];
  stop = listen(tenantId, (conversations) => heard.push(conversations));
  await expect.poll(listening).toHaveLength(1);
});

afterEach(() => stop());

test('what a transaction publishes is heard once it commits', async () => {
  const id = newId();
  await publishTo(tenantId, [id, id]);
  await expect.poll(() => heard).toEqual([[id]]);
});

test('what a transaction publishes that fails is never heard', async () => {
  const id = newId();
  const failing = asPlatform(async (tx) => {
    await publish(tx, [{ tenantId, conversationId: newId() }]);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await publishTo(tenantId, [id]);
  await expect.poll(() => heard).toEqual([[id]]);
});

test('a tenant’s transaction may publish, and each tenant hears its own', async () => {
  const id = newId();
  await withTenant(otherId, (tx) => publish(tx, [{ tenantId: otherId, conversationId: newId() }]));
  await withTenant(tenantId, (tx) => publish(tx, [{ tenantId, conversationId: id }]));
  await expect.poll(() => heard).toEqual([[id]]);
});

describe('many at once', () => {
  test('a hundred are named, and a notice stays below what PostgreSQL takes', async () => {
    const ids = Array.from({ length: 100 }, () => newId());
    await publishTo(tenantId, ids);
    await expect.poll(() => heard).toEqual([ids]);
    expect(JSON.stringify({ tenant: tenantId, conversations: ids }).length).toBeLessThan(8_000);
  });

  test('more are “everything”', async () => {
    await publishTo(
      tenantId,
      Array.from({ length: 101 }, () => newId()),
    );
    await expect.poll(() => heard).toEqual([null]);
  });

  test('of two hundred tenants each hears', async () => {
    const id = newId();
    const changed = Array.from({ length: 200 }, () => ({ tenantId: newId(), conversationId: newId() }));
    await asPlatform((tx) => publish(tx, [...changed, { tenantId, conversationId: id }]));
    await expect.poll(() => heard).toEqual([[id]]);
  });
});

test('after the connection was cut, everybody is told to fetch everything, and hears on', async () => {
  let others = 0;
  const stopOther = listen(otherId, (conversations) => {
    if (conversations === null) others += 1;
  });
  const [{ pid }] = await listening();
  await owner.query('select pg_terminate_backend($1)', [pid]);
  await expect.poll(() => heard, { timeout: 5_000 }).toEqual([null]);
  expect(others).toBe(1);
  stopOther();
  const id = newId();
  await publishTo(tenantId, [id]);
  await expect.poll(() => heard).toEqual([null, [id]]);
});

test.each(['', 'nonsense', '{}', 'null', '{"tenant":"x","conversations":[]}'])(
  'a notice “%s” of somebody else’s does no harm',
  async (payload) => {
    const id = newId();
    await owner.query("select pg_notify('parley_live', $1)", [payload]);
    await publishTo(tenantId, [id]);
    await expect.poll(() => heard).toEqual([[id]]);
  },
);

test('who has stopped listening hears nothing', async () => {
  const late: unknown[] = [];
  const stopLate = listen(tenantId, (conversations) => late.push(conversations));
  stopLate();
  stopLate();
  await publishTo(tenantId, [newId()]);
  await expect.poll(() => heard).toHaveLength(1);
  expect(late).toEqual([]);
});
