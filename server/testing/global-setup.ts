import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { afterMigrate } from '#prisma/after-migrate.ts';
import { migrate } from '#prisma/migrate.ts';
import { startEmbeddedPostgres } from '#server/main/embedded-postgres.ts';
import { freePort } from '#server/testing/free-port.ts';
import { testSettings } from '#server/testing/settings.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A superuser's address in the tests' own cluster. */
    clusterUrl: string;
  }
}

/** One PostgreSQL for the run, with a migrated template that each test file copies. Nothing of it survives the run. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-tests-'));
  const cluster = await startEmbeddedPostgres({
    folder: path.join(folder, 'pg'),
    port: await freePort(),
    password: 'tests',
    // Only these rows are dispensable.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  const template = new URL(cluster.url);
  template.pathname = '/template_parley';
  await ask(cluster.url, 'create database template_parley');
  Object.assign(process.env, testSettings, { DATABASE_URL: template.toString() });
  await migrate(template.toString());
  await afterMigrate(template.toString());
  // Nobody gets in any more: copying it takes that nobody is there, and what is written there would be everywhere.
  await ask(cluster.url, 'alter database template_parley allow_connections false');
  await ask(
    cluster.url,
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'template_parley'",
  );
  process.env['DATABASE_URL'] = 'postgres://nobody@127.0.0.1:1/a_test_without_testDatabase';
  project.provide('clusterUrl', cluster.url);
  return async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function ask(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
