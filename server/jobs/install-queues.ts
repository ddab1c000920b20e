import type { Client } from 'pg';
import { PgBoss } from 'pg-boss';
import { catalog, queueOptions } from './catalog.ts';

/** Makes the queue's schema and one queue for each kind of job, as the database's owner. Safe to repeat. */
export async function installQueues(owner: Client, ownerUrl: string) {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: 'pgboss',
    supervise: false,
    schedule: false,
    max: 1,
  });
  await boss.start();
  try {
    const known = new Set((await boss.getQueues()).map(({ name }) => name));
    const { policy, ...changeable } = queueOptions;
    for (const [name, job] of Object.entries(catalog)) {
      const { expireInSeconds } = { ...changeable, ...job };
      const options = { ...changeable, expireInSeconds };
      if (known.has(name)) await boss.updateQueue(name, options);
      else await boss.createQueue(name, { policy, ...options });
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  // A tenant's transaction has no right here at all: `enqueue` changes the role for its one statement.
  await owner.query(`
    grant usage on schema pgboss to parley_jobs, parley_platform;
    grant select, insert, update, delete on all tables in schema pgboss to parley_jobs, parley_platform;
    grant execute on all functions in schema pgboss to parley_jobs, parley_platform;
    alter table pgboss.job_common set (autovacuum_analyze_scale_factor = 0.01, autovacuum_vacuum_scale_factor = 0.02);
    analyze`);
}
