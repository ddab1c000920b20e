import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { demandSettings, env } from '#server/env.ts';
import { assertUsable } from '#server/main/database.ts';
import { describeFailure, StartFailure } from '#server/main/failure.ts';

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

const ledger = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;
const noTransaction = '-- parley: no transaction';

/**
 * Does what `prisma migrate deploy` does (same folder, same ledger, same lock) without Prisma's native engine: applies
 * the migrations that the database lacks, in order, and returns their names. Two at once: one applies, the other waits
 * and finds nothing to do. Each file and its ledger row are one transaction: killed at any moment, it is in or out.
 *
 * A file that starts with `-- parley: no transaction` (for CREATE INDEX CONCURRENTLY) is run statement by statement,
 * each ending in `;` at the end of a line, and again from its first one after a failure: begin with DROP … IF EXISTS.
 *
 * Throws when a file fails, and when an applied file was edited since.
 */
export async function migrate(databaseUrl: string, folder = path.join(import.meta.dirname, 'migrations')) {
  const db = new pg.Client({ connectionString: databaseUrl });
  db.on('error', () => {}); // a cut connection is told by the query that was under way
  await db.connect();
  try {
    await lock(db);
    await db.query(ledger);
    const pending = await findPending(db, readMigrations(folder));
    for (const migration of pending) await apply(db, migration);
    return pending.map(({ name }) => name);
  } finally {
    await db.end().catch(() => {}); // also gives the lock back
  }
}

/** What has to follow every run of `migrate` and is no SQL file: the queue's schema, the application's login. */
export async function afterMigrations(databaseUrl: string): Promise<void> {
  const { afterMigrate } = await import('./after-migrate.ts'); // only now: it reads settings that `migrate` needs not
  await afterMigrate(databaseUrl);
}

/** Asks again and again instead of waiting in the query: a waiting query would hold up CREATE INDEX CONCURRENTLY. */
async function lock(db: pg.Client): Promise<void> {
  const key = 72707369; // Prisma's own
  for (;;) {
    const { rows } = await db.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [key]);
    if (rows[0]?.mine) return;
    await sleep(100);
  }
}

function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'migration.sql')));
  return names.sort().map((name) => {
    const bytes = readFileSync(path.join(folder, name, 'migration.sql'));
    return { name, sql: bytes.toString(), checksum: createHash('sha256').update(bytes).digest('hex') };
  });
}

async function findPending(db: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await db.query<{ name: string; checksum: string; finished: boolean }>(
    `select migration_name as name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null`,
  );
  const broken = rows.find((row) => !row.finished);
  if (broken)
    throw new StartFailure(
      `Migration ${broken.name} was begun by Prisma's engine and not finished: repair what it did, then set rolled_back_at in _prisma_migrations.`,
    );
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of migrations)
    if (applied.has(name) && applied.get(name) !== checksum)
      throw new StartFailure(
        `Migration ${name} was edited after it had been applied: restore its migration.sql and put the change into a new migration.`,
      );
  return migrations.filter(({ name }) => !applied.has(name));
}

async function apply(db: pg.Client, migration: Migration): Promise<void> {
  try {
    if (migration.sql.startsWith(noTransaction)) {
      for (const statement of migration.sql.split(/;[ \t]*(?:\r?\n|$)/))
        if (statement.replaceAll(/^\s*--.*$/gm, '').trim()) await db.query(statement);
      return await record(db, migration);
    }
    await db.query('begin');
    await db.query(migration.sql);
    await record(db, migration);
    await db.query('commit');
  } catch (error) {
    await db.query('rollback').catch(() => {});
    throw new StartFailure(`Migration ${migration.name} failed: ${explain(error, migration.sql)}`, {
      cause: error,
    });
  }
}

async function record(db: pg.Client, { name, checksum }: Migration): Promise<void> {
  await db.query(
    `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     values ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  );
}

/** PostgreSQL's message, with the line of the file where it knows it. */
function explain(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError)) return String(error);
  const line = error.position && sql.slice(0, Number(error.position)).split('\n').length;
  return [error.message, line && `line ${line} of migration.sql`, error.detail, error.hint]
    .filter(Boolean)
    .join(' · ');
}

if (import.meta.main) {
  demandSettings('migrate');
  const url = env().DATABASE_URL;
  try {
    await assertUsable(url);
    const applied = await migrate(url);
    await afterMigrations(url);
    console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.');
  } catch (error) {
    console.error(describeFailure(error));
    process.exit(1);
  }
}
