import type { Client } from 'pg';
import { ensureLogin, loginUrl } from '#server/db/login.ts';

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
  const { rows } = await owner.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relrowsecurity
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'reader')`);
  for (const { name } of rows)
    await owner.query(`create policy reader on ${name} for select to ${reader} using (true)`);
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
