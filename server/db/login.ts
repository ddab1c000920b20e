import { createHash, createHmac } from 'node:crypto';
import type { Client } from 'pg';
import { keyOf } from '#server/secrets/keys.ts';

/** Of all Parleys in a cluster; nobody logs in as one of them. */
export const groupRoles = ['parley_tenant', 'parley_platform', 'parley_jobs'];

/**
 * `app` is what the application connects as: no owner, no superuser, and NOINHERIT, so that a query outside the two
 * doors sees nothing. `read` sees every tenant and changes nothing.
 */
type Kind = 'app' | 'read';

/**
 * The name comes from the database's, because roles belong to the whole cluster. The application has a login for each
 * encryption key, so that those who have a new one get in beside those who still have the former.
 */
export function loginName(kind: Kind, databaseUrl: string, encryptionKey: string): string {
  const base = loginBase(kind, databaseUrl);
  return kind === 'app' ? `${base}_${keyOf(encryptionKey).id.toString('hex')}` : base;
}

/** How the names of a database's logins of a kind begin. */
export function loginBase(kind: Kind, databaseUrl: string): string {
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
  url.username = loginName(kind, databaseUrl, encryptionKey);
  url.password = passwordOf(url.username, encryptionKey);
  // Session options of the owner's address would replace those that our connections begin with.
  url.searchParams.delete('options');
  return url.toString();
}

/** The address that the application connects to with this key. */
export const applicationUrl = (databaseUrl: string, encryptionKey: string) =>
  loginUrl('app', databaseUrl, encryptionKey);

/** Makes the application's login of a key, or gives it its password again. `owner` may create roles. Safe to repeat. */
export async function ensureApplicationLogin(owner: Client, databaseUrl: string, encryptionKey: string) {
  const login = await ensureLogin(owner, 'app', databaseUrl, encryptionKey);
  for (const role of groupRoles) await owner.query(`grant ${role} to ${login}`);
  // Other logins that are members of the same roles, of another Parley in this cluster, stay outside.
  await owner.query(`revoke connect on database ${databaseOf(owner, databaseUrl)} from public`);
}

/** Makes a login that inherits nothing and may connect; returns its name, ready for SQL. */
export async function ensureLogin(owner: Client, kind: Kind, databaseUrl: string, encryptionKey: string) {
  const name = loginName(kind, databaseUrl, encryptionKey);
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

/** Takes away the application's logins of all keys but these. One by which somebody is in at this moment stays. */
export async function dropFormerLogins(owner: Client, databaseUrl: string, keys: readonly string[]) {
  const { rows } = await owner.query<{ name: string }>(
    `select rolname as name from pg_roles r
     where starts_with(rolname, $1) and rolname <> all($2)
       and not exists (select from pg_stat_activity a where a.usesysid = r.oid)`,
    [loginBase('app', databaseUrl), keys.map((key) => loginName('app', databaseUrl, key))],
  );
  for (const { name } of rows) {
    const login = owner.escapeIdentifier(name);
    await owner.query(`revoke all on database ${databaseOf(owner, databaseUrl)} from ${login}`);
    await owner.query(`drop role ${login}`);
  }
}

const databaseOf = (owner: Client, databaseUrl: string) =>
  owner.escapeIdentifier(decodeURIComponent(new URL(databaseUrl).pathname.slice(1)));
