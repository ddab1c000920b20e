import pg from 'pg';
import { groupRoles, loginBase } from '#server/db/login.ts';
import { StartFailure } from '#server/main/failure.ts';

const extensions = ['pg_trgm', 'btree_gin'];

type Standing = {
  user: string;
  database: string;
  owner: string;
  encoding: string;
  version: number;
  isStandby: boolean;
  mayMakeRoles: boolean;
  owns: boolean;
  tablesOf: string | null;
  strangeRoles: string[];
  missing: string[];
};

/**
 * Refuses a login that migrating would fail with, before anything is changed: what is missing, and what an
 * administrator does about it. Throws `StartFailure`, one line for each lack.
 */
export async function assertMayMigrate(db: pg.Client, databaseUrl: string): Promise<void> {
  const { rows } = await db.query<Standing>(
    `select current_user as user, current_database() as database, pg_get_userbyid(d.datdba) as owner,
            pg_encoding_to_char(d.encoding) as encoding, current_setting('server_version_num')::int as version,
            pg_is_in_recovery() as "isStandby", me.rolsuper or me.rolcreaterole as "mayMakeRoles",
            pg_has_role(d.datdba, 'USAGE') as owns,
            (select pg_get_userbyid(c.relowner) from pg_class c
             where c.oid = to_regclass('public._prisma_migrations') and not pg_has_role(c.relowner, 'USAGE')) as "tablesOf",
            array(select rolname::text from pg_roles r
                  where (rolname = any($1) or starts_with(rolname, $3)) and not pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION')) as "strangeRoles",
            array(select wanted from unnest($2::text[]) wanted
                  where not exists (select from pg_available_extensions where name = wanted)) as missing
     from pg_database d, pg_roles me where d.datname = current_database() and me.rolname = current_user`,
    [[...groupRoles, loginBase('read', databaseUrl)], extensions, loginBase('app', databaseUrl)],
  );
  const lacks = rows.flatMap(lacksOf);
  if (lacks.length > 0) throw new StartFailure(lacks.join('\n'));
}

function lacksOf(standing: Standing): string[] {
  const { owner, encoding, version, tablesOf, strangeRoles, missing } = standing;
  const [user, database] = [standing.user, standing.database].map((name) => pg.escapeIdentifier(name));
  const administrator = 'as an administrator of PostgreSQL run';
  if (standing.isStandby)
    return ['DATABASE_URL names a standby, which takes no changes: name the primary server.'];
  // Until 15, who may make roles may grant all of them but a superuser's.
  const ungrantable = version >= 160_000 && standing.mayMakeRoles ? strangeRoles : [];
  return [
    !standing.owns &&
      `The database ${database} belongs to "${owner}": put its login into DATABASE_URL, or ${administrator}  ALTER DATABASE ${database} OWNER TO ${user};`,
    standing.owns &&
      tablesOf !== null &&
      `The tables of ${database} belong to "${tablesOf}", who migrated it before: put that login into DATABASE_URL.`,
    !standing.mayMakeRoles &&
      `${user} may not create roles, and Parley needs some of its own: ${administrator}  ALTER ROLE ${user} CREATEROLE;`,
    ungrantable.length > 0 &&
      `Another login made the roles ${ungrantable.join(', ')}, so ${user} may not grant them: ${administrator}  GRANT ${ungrantable.join(', ')} TO ${user} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;`,
    encoding !== 'UTF8' &&
      `The database ${database} is encoded in ${encoding}, which cannot hold every message: make one with  CREATE DATABASE ${database} ENCODING 'UTF8' TEMPLATE template0;`,
    missing.length > 0 &&
      `PostgreSQL lacks the extensions ${missing.join(' and ')}: install its contrib package (postgresql-contrib).`,
  ].filter((lack) => lack !== false);
}
