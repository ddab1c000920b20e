import { describe, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant } from '#server/testing/factories.ts';
import { asPlatform } from './as-platform.ts';
import { newId } from './id.ts';
import { isRowsFault, sqlState } from './sql-state.ts';
import { withTenant } from './with-tenant.ts';

const { owner } = testDatabase();

test('two transactions that wait for each other both happen, once each', async () => {
  const { id } = await makeTenant();
  const leads = [newId(), newId()];
  await asPlatform(({ db }) =>
    db.lead.createMany({ data: leads.map((lead) => ({ tenantId: id, id: lead, name: '' })) }),
  );
  const bothHold = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const touch = (order: string[], own: number) => {
    let tries = 0;
    return withTenant(id, async ({ db }) => {
      tries += 1;
      for (const [index, lead] of order.entries()) {
        await db.$executeRaw`update leads set name = name || 'x' where id = ${lead}::uuid`;
        if (index === 0 && tries === 1) {
          bothHold[own]?.resolve();
          await bothHold[1 - own]?.promise;
        }
      }
      return tries;
    });
  };
  const tries = await Promise.all([touch(leads, 0), touch(leads.toReversed(), 1)]);
  expect(tries.toSorted()).toEqual([1, 2]);
  const { rows } = await owner.query('select name from leads');
  expect(rows).toEqual([{ name: 'xx' }, { name: 'xx' }]);
});

describe('what went wrong is told in PostgreSQL’s own words', () => {
  const failing = (sql: string) =>
    asPlatform(({ db }) => db.$queryRawUnsafe(sql)).then(
      () => expect.fail(),
      (error: unknown) => error,
    );

  test.each([
    ['a number too many', 'select 1/0', '22012', true],
    ['no id', "select 'x'::uuid", '22P02', true],
    ['NUL in JSON', `select '"\\u0000"'::jsonb`, '22P05', true],
    ['a rule broken', 'insert into conversations (tenant_id) values (null)', '23502', true],
    ['a lost table', 'select from nowhere', '42P01', false],
    ['no right', 'select from pg_authid', '42501', false],
    ['a wish to give way', "do $$ begin raise exception 'x' using errcode = '40001'; end $$", '40001', false],
    ['a full disk', "do $$ begin raise exception 'x' using errcode = '53100'; end $$", '53100', false],
  ])('%s', async (_, sql, state, isRows) => {
    const error = await failing(sql);
    expect(sqlState(error)).toBe(state);
    expect(isRowsFault(error)).toBe(isRows);
  });

  test('also by Prisma’s own questions', async () => {
    const twice = asPlatform(({ db }) => {
      const user = { id: newId(), email: 'twice@x.example', name: 'T', passwordHash: '' };
      return db.user.createMany({ data: [user, user] });
    });
    const error = await twice.then(
      () => expect.fail(),
      (failed: unknown) => failed,
    );
    expect(isRowsFault(error)).toBe(true);
  });

  test('and nothing else is', () => {
    for (const error of [undefined, null, 'no', new Error('no'), { code: '22P02' }])
      expect(isRowsFault(error)).toBe(false);
  });
});
