import pg from 'pg';
import { assertMayMigrate } from '#prisma/assert-may-migrate.ts';
import { readsAll } from '#prisma/reader-login.ts';
import { errorCode, StartFailure } from './failure.ts';

/** Makes the database of this address unless it is there. For the embedded PostgreSQL, as its superuser. */
export async function makeDatabase(url: string): Promise<void> {
  const maintenance = new URL(url);
  const name = maintenance.pathname.slice(1);
  maintenance.pathname = '/postgres';
  const db = new pg.Client({ connectionString: maintenance.href, connectionTimeoutMillis: 10_000 });
  db.on('error', () => {}); // told by the query that was under way
  try {
    await db.connect();
    const { rowCount } = await db.query('select from pg_database where datname = $1', [name]);
    if (!rowCount) await db.query(`create database ${db.escapeIdentifier(name)}`);
  } catch (error) {
    if (errorCode(error) === '28P01')
      throw new StartFailure(
        '.data/secrets.json does not fit .data/pg: restore it, or remove .data to start from nothing (its data is lost).',
      );
    throw error;
  } finally {
    await db.end();
  }
}

/**
 * Refuses a database that Parley cannot use, or that this login may not migrate, with what to do about it; the password is never shown. Tells whether its
 * login sees every tenant's rows.
 */
export async function assertUsable(url: string): Promise<{ readsAll: boolean }> {
  const place = readAddress(url);
  const db = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  db.on('error', () => {});
  try {
    await db.connect();
    const { rows } = await db.query<{ version: string }>('show server_version');
    const version = rows[0]?.version ?? '';
    if (Number.parseInt(version, 10) < 15)
      throw new StartFailure(`Parley needs PostgreSQL 15 or newer, but ${place.host} runs ${version}.`);
    await assertMayMigrate(db, url);
    return { readsAll: await readsAll(db) };
  } catch (error) {
    throw explain(error, place);
  } finally {
    await db.end().catch(() => {});
  }
}

type Address = { host: string; user: string; database: string };

function readAddress(url: string): Address {
  const { hostname, port, username, pathname } = new URL(url);
  return {
    host: `${hostname}:${port || '5432'}`,
    user: decodeURIComponent(username),
    database: pathname.slice(1),
  };
}

function explain(error: unknown, { host, user, database }: Address): unknown {
  if (error instanceof StartFailure) return error;
  const code = errorCode(error) ?? '';
  const said = error instanceof Error ? error.message : String(error);
  if (code === '28P01' || code === '28000')
    return new StartFailure(
      `PostgreSQL at ${host} does not let "${user}" in (${said}): correct the login in DATABASE_URL.`,
    );
  if (code === '42501')
    return new StartFailure(
      `"${user}" may not connect to the database "${database}": put the login of its owner into DATABASE_URL.`,
    );
  if (code === '3D000')
    return new StartFailure(
      `PostgreSQL at ${host} has no database "${database}": create it, or correct DATABASE_URL.`,
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new StartFailure(`The host of DATABASE_URL (${host}) is not known: correct its name.`);
  // A refusal of what was asked, after the door was open
  if (error instanceof pg.DatabaseError && !code.startsWith('08') && !code.startsWith('57')) return error;
  return new StartFailure(
    `PostgreSQL at ${host} cannot be reached (${code || said}): start it, or correct DATABASE_URL.`,
  );
}
