import pg from 'pg';
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

/** Refuses a DATABASE_URL that cannot work, with what to do about it. The password is never shown. */
export async function assertUsable(url: string): Promise<void> {
  const place = readAddress(url);
  const db = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  db.on('error', () => {});
  try {
    await db.connect();
    const { rows } = await db.query<{ version: string }>('show server_version');
    const version = rows[0]?.version ?? '';
    if (Number.parseInt(version, 10) < 15)
      throw new StartFailure(`Parley needs PostgreSQL 15 or newer, but ${place.host} runs ${version}.`);
  } catch (error) {
    throw explain(error, place);
  } finally {
    await db.end().catch(() => {});
  }
}

type Address = { host: string; user: string; database: string };

function readAddress(url: string): Address {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol))
    throw new StartFailure(
      'DATABASE_URL is no PostgreSQL address: write it as postgres://user:password@host:5432/database.',
    );
  const { hostname, port, username, pathname } = parsed;
  return { host: `${hostname}:${port || '5432'}`, user: username, database: pathname.slice(1) };
}

function explain(error: unknown, { host, user, database }: Address): unknown {
  if (error instanceof StartFailure) return error;
  const code = errorCode(error) ?? '';
  const said = error instanceof Error ? error.message : String(error);
  if (code === '28P01' || code === '28000')
    return new StartFailure(
      `PostgreSQL at ${host} does not let "${user}" in (${said}): correct the login in DATABASE_URL.`,
    );
  if (code === '3D000')
    return new StartFailure(
      `PostgreSQL at ${host} has no database "${database}": create it, or correct DATABASE_URL.`,
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new StartFailure(`The host of DATABASE_URL (${host}) is not known: correct its name.`);
  return new StartFailure(
    `PostgreSQL at ${host} cannot be reached (${code || said}): start it, or correct DATABASE_URL.`,
  );
}
