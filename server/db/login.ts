import { createHash, createHmac } from 'node:crypto';
import type { Client } from 'pg';

const roles = ['parley_tenant', 'parley_platform', 'parley_jobs'];

/**
 * The login that the application uses: no owner, no superuser, and NOINHERIT, so that a query outside the two doors
 * sees nothing. Its name comes from the database's (roles belong to the whole cluster), its password from the
 * encryption key, so every process that holds both settings can connect and nothing has to be stored.
 */
function applicationLogin(databaseUrl: string, encryptionKey: string) {
  const database = new URL(databaseUrl).pathname.slice(1);
  const name = `parley_app_${createHash('sha256').update(database).digest('hex').slice(0, 8)}`;
  const password = createHmac('sha256', Buffer.from(encryptionKey, 'base64'))
    .update(`database login ${name}`)
    .digest('base64url');
  return { database: decodeURIComponent(database), name, password };
}

/** The owner's address with the application's login in it. */
export function applicationUrl(databaseUrl: string, encryptionKey: string): string {
  const login = applicationLogin(databaseUrl, encryptionKey);
  const url = new URL(databaseUrl);
  url.username = login.name;
  url.password = login.password;
  // Session options of the owner's address would replace those that our connections begin with.
  url.searchParams.delete('options');
  return url.toString();
}

/** Makes that login, or gives it the password of today's key. `owner` may create roles. Safe to repeat. */
export async function ensureApplicationLogin(owner: Client, databaseUrl: string, encryptionKey: string) {
  const { database, name, password } = applicationLogin(databaseUrl, encryptionKey);
  const [login, base] = [owner.escapeIdentifier(name), owner.escapeIdentifier(database)];
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [name]);
  // An owner that may make roles, but no databases, may not even take the right to make some away.
  const verb = rowCount ? `alter role ${login}` : `create role ${login} nocreatedb nocreaterole`;
  await owner.query(`${verb} login noinherit password ${owner.escapeLiteral(password)}`);
  for (const role of roles) await owner.query(`grant ${role} to ${login}`);
  // Other logins that are members of the same roles, of another Parley in this cluster, stay outside.
  await owner.query(`revoke connect on database ${base} from public`);
  await owner.query(`grant connect on database ${base} to ${login}`);
}
