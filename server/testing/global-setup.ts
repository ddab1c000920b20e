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
  const owner = new pg.Client({ connectionString: cluster.url });
  await owner.connect();
  await owner.query('create database template_parley');
  await owner.end();
  Object.assign(process.env, testSettings, { DATABASE_URL: template.toString() });
  await migrate(template.toString());
  await afterMigrate(template.toString());
  project.provide('clusterUrl', cluster.url);
  return async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
