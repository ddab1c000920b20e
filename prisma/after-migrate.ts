import pg from 'pg';
import { dropFormerLogins, ensureApplicationLogin } from '#server/db/login.ts';
import { installQueues } from '#server/jobs/install-queues.ts';
import { knownKeys } from '#server/secrets/keys.ts';
import { ensureReaderLogin } from './reader-login.ts';

// Any number: two starts at once set up one after the other.
const lock = 72_707_370;

/** What a database needs besides its tables: the queue's schema, and the logins. Repeatable. */
export async function afterMigrate(databaseUrl: string) {
  const owner = new pg.Client({ connectionString: databaseUrl });
  await owner.connect();
  try {
    await owner.query('select pg_advisory_lock($1)', [lock]);
    const [current = '', ...former] = knownKeys().map(({ base64 }) => base64);
    await ensureApplicationLogin(owner, databaseUrl, current);
    await installQueues(owner, databaseUrl);
    await ensureReaderLogin(owner, databaseUrl, current);
    await dropFormerLogins(owner, databaseUrl, [current, ...former]);
  } finally {
    await owner.end();
  }
}
