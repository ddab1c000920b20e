import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { disconnect } from '#server/db/client.ts';
import { ensureApplicationLogin } from '#server/db/login.ts';
import { stopBoss } from '#server/jobs/boss.ts';
import { stopListening } from '#server/realtime/listen.ts';
import { testSettings } from './settings.ts';

/**
 * A database for this test file alone, copied from the migrated template, with the application's login as in
 * production. `owner` is a superuser's connection to it, for looking behind the doors.
 */
export function testDatabase() {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const cluster = inject('clusterUrl');
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  const owner = new pg.Client({ connectionString: url.toString() });

  beforeAll(async () => {
    // Files are copied in a third of the time that it takes to write each page through the log.
    await inCluster(cluster, `create database ${name} template template_parley strategy file_copy`);
    await owner.connect();
    await ensureApplicationLogin(owner, url.toString(), testSettings.ENCRYPTION_KEY);
    process.env['DATABASE_URL'] = url.toString();
  });

  afterAll(async () => {
    await stopListening();
    await stopBoss();
    await disconnect();
    await owner.end();
    await inCluster(cluster, `drop database ${name} with (force)`);
  });

  return { owner, url: url.toString() };
}

async function inCluster(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
