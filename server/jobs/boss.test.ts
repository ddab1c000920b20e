import { expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { boss } from './boss.ts';
import { consume } from './consume.ts';

const { owner } = testDatabase();

async function fill(count: number) {
  const queue = await boss(true);
  const jobs = Array.from({ length: count }, () => {
    const [tenantId, conversationId] = [newId(), newId()];
    return { data: { tenantId, conversationId }, singletonKey: conversationId, group: { id: tenantId } };
  });
  await queue.insert('take-turns', jobs);
}

test('what is done is deleted a minute later, every minute', async () => {
  await fill(10);
  // Done long ago, done just now, and waiting.
  await owner.query(`
    update pgboss.job set state = 'completed', completed_on = now() - interval '61 s'
    where id in (select id from pgboss.job limit 4)`);
  await owner.query(`
    update pgboss.job set state = 'completed', completed_on = now() - interval '50 s'
    where id in (select id from pgboss.job where state = 'created' limit 3)`);
  const states = async () =>
    (await owner.query('select state, count(*)::int from pgboss.job group by state order by state')).rows;
  await owner.query("update pgboss.queue set maintain_on = now() - interval '50 s'");
  await (await boss(true)).supervise();
  expect(await states()).toEqual([
    { state: 'created', count: 3 },
    { state: 'completed', count: 7 },
  ]);
  await owner.query("update pgboss.queue set maintain_on = now() - interval '61 s'");
  await (await boss(true)).supervise();
  expect(await states()).toEqual([
    { state: 'created', count: 3 },
    { state: 'completed', count: 3 },
  ]);
});

test('a burst into a table that nobody has analysed is worked off without walking through it', async () => {
  await owner.query('alter table pgboss.job_common set (autovacuum_enabled = off)');
  await fill(10_000);
  const read = async (): Promise<{ rows: number; last_autoanalyze: Date | null }> =>
    (
      await owner.query(
        `select (seq_tup_read + idx_tup_fetch)::int as rows, last_autoanalyze from pg_stat_user_tables
         where relid = 'pgboss.job_common'::regclass`,
      )
    ).rows[0];
  const before = await read();
  let done = 0;
  await consume('take-turns', async (jobs) => {
    done += jobs.length;
    return jobs.map(() => 'done');
  });
  await expect.poll(() => done, { timeout: 30_000 }).toBeGreaterThanOrEqual(10_000);
  await expect
    .poll(async () => (await read()).rows - before.rows, { timeout: 10_000 })
    .toBeGreaterThan(10_000);
  const after = await read();
  expect(after.last_autoanalyze).toBeNull();
  expect(after.rows - before.rows).toBeLessThan(15 * 10_000);
}, 60_000);

test('what each batch of jobs asks is planned once', async () => {
  const queue = await boss(true);
  await queue.fetch('take-turns');
  const prepared = await queue.getDb().executeSql('select statement from pg_prepared_statements');
  expect(prepared.rows.map(({ statement }) => statement)).toContainEqual(
    expect.stringMatching(/^\s*with\s+next as\s/i),
  );
});
