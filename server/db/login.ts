import { createHash, createHmac } from 'node:crypto';
import type { Client } from 'pg';

/** Of all Parleys in a cluster; nobody logs in as one of them. */
export const groupRoles = ['parley_tenant', 'parley_platform', 'parley_jobs'];

/**
 * `app` is what the application connects as: no owner, no superuser, and NOINHERIT, so that a query outside the two
 * doors sees nothing. `read` sees every tenant and changes nothing.
 */
type Kind = 'app' | 'read';

/** The name comes from the database's, because roles belong to the whole cluster. */
export function loginName(kind: Kind, databaseUrl: string): string {
  const database = new URL(databaseUrl).pathname.slice(1);
  return `parley_${kind}_${createHash('sha256').update(database).digest('hex').slice(0, 8)}`;
}

/** Every process that holds both settings derives the same, so nothing has to be stored. */
function passwordOf(login: string, encryptionKey: string): string {
  return createHmac('sha256', Buffer.from(encryptionKey, 'base64'))
    .update(`database login ${login}`)
    .digest('base64url');
}

/** The owner's address with another login in it. */
export function loginUrl(kind: Kind, databaseUrl: string, encryptionKey: string): string {
  const url = new URL(databaseUrl);
  url.username = loginName(kind, databaseUrl);
  url.password = passwordOf(url.username, encryptionKey);
  // Session options of the owner's address would replace those that our connections begin with.
  url.searchParams.delete('options');
  return url.toString();
}

/** The address that the application connects to. */
export const applicationUrl = (databaseUrl: string, encryptionKey: string) =>
  loginUrl('app', databaseUrl, encryptionKey);

/** Makes the application's login, or gives it the password of today's key. `owner` may create roles. Safe to repeat. */
export async function ensureApplicationLogin(owner: Client, databaseUrl: string, encryptionKey: string) {
  const login = await ensureLogin(owner, 'app', databaseUrl, encryptionKey);
  for (const role of groupRoles) await owner.query(`grant ${role} to ${login}`);
  // Other logins that are members of the same roles, of another Parley in this cluster, stay outside.
  await owner.query(`revoke connect on database ${databaseOf(owner, databaseUrl)} from public`);
}

/** Makes a login that inherits nothing and may connect; returns its name, ready for SQL. */
export async function ensureLogin(owner: Client, kind: Kind, databaseUrl: string, encryptionKey: string) {
  const name = loginName(kind, databaseUrl);
  const login = owner.escapeIdentifier(name);
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [name]);
  // An owner that may make roles, but no databases, may not even take the right to make some away.
  const verb = rowCount ? `alter role ${login}` : `create role ${login} nocreatedb nocreaterole`;
  await owner.query(
    `${verb} login noinherit password ${owner.escapeLiteral(passwordOf(name, encryptionKey))}`,
  );
  await owner.query(`grant connect on database ${databaseOf(owner, databaseUrl)} to ${login}`);
  return login;
}

const databaseOf = (owner: Client, databaseUrl: string) =>
  owner.escapeIdentifier(decodeURIComponent(new URL(databaseUrl).pathname.slice(1)));
