import type { Client } from 'pg';
import { ensureLogin, loginName, loginUrl } from '#server/db/login.ts';

/**
 * Makes a login that reads every tenant and changes nothing, where the owner cannot: row-level security holds for an
 * owner, too. Only a superuser may hand out BYPASSRLS, so it is let in by a policy on each table. Safe to repeat; a
 * table that a later migration makes is opened by the next call. Why: docs/decisions/008.
 */
export async function ensureReaderLogin(owner: Client, databaseUrl: string, encryptionKey: string) {
  if (await readsAll(owner)) return;
  const reader = await ensureLogin(owner, 'read', databaseUrl, encryptionKey);
  await owner.query(`
    grant usage on schema public, pgboss to ${reader};
    grant select on all tables in schema public, pgboss to ${reader};
    grant select on all sequences in schema public, pgboss to ${reader}`);
  // Also after a restore under another name, where the policies are those of the other login
  const { rows } = await owner.query<{ name: string; verb: string }>(
    `select c.oid::regclass::text as name, case when p.oid is null then 'create' else 'alter' end as verb
     from pg_class c left join pg_policy p on p.polrelid = c.oid and p.polname = 'reader'
     where c.relnamespace = 'public'::regnamespace and c.relrowsecurity
       and p.polroles is distinct from array[(select oid from pg_roles where rolname = $1)]`,
    [loginName('read', databaseUrl, encryptionKey)],
  );
  for (const { name, verb } of rows)
    await owner.query(
      `${verb} policy reader on ${name} ${verb === 'create' ? 'for select' : ''} to ${reader} using (true)`,
    );
}

/** Whether this login sees the rows of every tenant by itself. */
export async function readsAll(db: Client): Promise<boolean> {
  const { rowCount } = await db.query(
    'select from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)',
  );
  return rowCount === 1;
}

/** The address of the login that reads every tenant. */
export const readerUrl = (databaseUrl: string, encryptionKey: string) =>
  loginUrl('read', databaseUrl, encryptionKey);
