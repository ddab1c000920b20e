import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { asBatch } from './as-batch.ts';
import { newId } from './id.ts';
import { isRowsFault, sqlState } from './sql-state.ts';

const { owner } = testDatabase();

const add = (id: string, reason = 'x') => ({
  text: 'insert into quarantine (id, reason, payload) values ($1, $2, $3)',
  values: [id, reason, Buffer.from('p')],
});
const there = async (id: string) =>
  (await owner.query('select 1 from quarantine where id = $1', [id])).rowCount === 1;

test('what is asked at once leaves in its order and is committed together', async () => {
  const id = newId();
  const [made, changed] = await asBatch(({ db }) =>
    Promise.all([
      db.$queryRawUnsafe(add(id).text, ...add(id).values),
      db.$executeRaw`update quarantine set reason = ${'y'} where id = ${id}::uuid`,
    ]),
  );
  expect(made).toEqual([]);
  expect(changed).toBe(1);
  expect(await there(id)).toBe(true);
});

test('what comes last is told what was done, and is committed with it', async () => {
  const id = newId();
  const result = await asBatch(
    async ({ db }) => {
      await db.$queryRawUnsafe(add(id).text, ...add(id).values);
      return 'made';
    },
    ({ db }, told) => db.$executeRaw`update quarantine set reason = ${told} where id = ${id}::uuid`,
  );
  expect(result).toBe('made');
  const { rows } = await owner.query('select reason from quarantine where id = $1', [id]);
  expect(rows).toEqual([{ reason: 'made' }]);
});

test.each(['work', 'last'])(
  'a failure in %s leaves nothing behind, and the connection is as good as new',
  async (where) => {
    const id = newId();
    const failing = asBatch(
      async ({ db }) => {
        await db.$queryRawUnsafe(add(id).text, ...add(id).values);
        if (where === 'work') await db.$executeRaw`select 1 / ${0}::int`;
      },
      async ({ db }) => {
        await db.$executeRaw`select 1 / ${0}::int`;
      },
    );
    expect(sqlState(await failing.catch((error: unknown) => error))).toBe('22012');
    expect(isRowsFault(await failing.catch((error: unknown) => error))).toBe(true);
    expect(await there(id)).toBe(false);
    expect(await asBatch(({ db }) => db.$queryRaw`select ${1}::int as one`)).toEqual([{ one: 1 }]);
  },
);

test('a failure that nobody looked at is not taken for a commit', async () => {
  const id = newId();
  const failing = asBatch(async ({ db }) => {
    await db.$queryRawUnsafe(add(id).text, ...add(id).values);
    await db.$executeRaw`select 1 / ${0}::int`.catch(() => undefined);
  });
  await expect(failing).rejects.toThrow('rolled back');
  expect(await there(id)).toBe(false);
});

test('a connection that breaks in the middle fails its own transaction, and is not used again', async () => {
  const failing = asBatch(async ({ db }) => {
    const [row] = await db.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await owner.query('select pg_terminate_backend($1)', [row?.pid]);
    await db.$queryRaw`select 1`;
  });
  await expect(failing).rejects.toThrow();
  expect(await asBatch(({ db }) => db.$queryRaw`select ${2}::int as two`)).toEqual([{ two: 2 }]);
});

test('parameters arrive as what they are', async () => {
  const at = new Date('2026-11-24T10:00:00.123Z');
  const [row] = await asBatch(
    ({ db }) => db.$queryRaw<Record<string, unknown>[]>`
      select ${at}::timestamptz as at, ${['a', null, 'b"c\\{},']}::text[] as texts, ${[at]}::timestamptz[] as times,
             ${null}::text as nothing, ${'{"a":1}'}::jsonb as json, ${true}::boolean as yes`,
  );
  expect(row).toEqual({
    ...{ at, texts: ['a', null, 'b"c\\{},'], times: [at], nothing: null, json: { a: 1 }, yes: true },
  });
});

test('it sees every tenant, as the platform', async () => {
  expect(await asBatch(({ db }) => db.$queryRaw`select current_user::text as role`)).toEqual([
    { role: 'parley_platform' },
  ]);
});
