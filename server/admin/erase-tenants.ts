import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordAudit } from '#server/audit/record-audit.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { erasableTables } from './erasable-tables.ts';

/** Rows in one transaction, few enough that nobody waits for its locks; then a breath for the others. Milliseconds. */
const batch = 500;
const breath = 20;
/** Every process has forgotten a tenant's numbers after so long: see find-channel. Seconds. */
const remembered = 15;
// One at a time in the whole installation; a number of ours alone.
const lock = 7_265_001;

type Options = { signal?: AbortSignal; wait?: number };

/**
 * Takes away the tenants whose days of grace are over: rows of every table, jobs, raw payloads in quarantine, and the
 * people who belonged nowhere else. In small transactions, beginning where the last run ended. Of a tenant that is
 * gone one line stays in the platform's audit log, which names nothing of it.
 */
export async function eraseTenants({ signal, wait = remembered }: Options = {}) {
  await asPlatform(
    ({ db }) => db.$executeRaw`
      update tenants set erasing_at = now() where delete_after <= now() and erasing_at is null`,
  );
  const due = await asPlatform(
    ({ db }) =>
      db.$queryRaw<{ id: string }[]>`select id from tenants where erasing_at is not null order by id`,
  );
  for (const { id } of due) {
    if (await eraseRows(id, signal)) await eraseRest(id, wait);
  }
}

/** Whether all are gone that may go on their own. */
async function eraseRows(tenantId: string, signal: AbortSignal | undefined): Promise<boolean> {
  const steps = (await asPlatform(erasableTables)).map(
    (table) => (tx: PlatformTx) => eraseFrom(tx, table, tenantId),
  );
  const first = (tx: PlatformTx) => eraseLetterJobs(tx, tenantId);
  const last = (tx: PlatformTx) => eraseQuarantined(tx, tenantId, null, batch);
  for (const step of [first, ...steps, last])
    for (let count = batch; count === batch; ) {
      if (signal?.aborted) return false;
      const erased = await alone(step);
      // Another process is at it.
      if (erased === undefined) return false;
      count = erased;
      await sleep(breath);
    }
  return true;
}

/** The table's name is the catalogue's own, quoted by it. */
const eraseFrom = ({ db }: PlatformTx, table: string, tenantId: string) =>
  db.$executeRawUnsafe(
    `delete from ${table} where ctid = any(array(select ctid from ${table} where tenant_id = $1::uuid limit $2::int))`,
    tenantId,
    batch,
  );

/** A letter's job names the letter alone. */
const eraseLetterJobs = ({ db }: PlatformTx, tenantId: string) =>
  db.$executeRaw`
    delete from pgboss.job where id in (
      select j.id from pgboss.job j where j.name = 'send-mail'
        and j.data ->> 'letterId' in (select id::text from letters where tenant_id = ${tenantId}::uuid)
      limit ${batch}::int)`;

/** What could not be understood belongs to no tenant, but names its numbers. */
const eraseQuarantined = ({ db }: PlatformTx, tenantId: string, since: Date | null, most: number) =>
  db.$executeRaw`
    delete from quarantine where id in (
      select q.id from quarantine q where q.at >= coalesce(${since}::timestamptz, '-infinity') and exists (
        select from channels c where c.tenant_id = ${tenantId}::uuid and (
          q.channel_key = c.key or position(convert_to(c.phone_number_id, 'UTF8') in q.payload) > 0
          or position(convert_to(c.waba_id, 'UTF8') in q.payload) > 0
            and not exists (select from channels o where o.waba_id = c.waba_id and o.tenant_id <> c.tenant_id)))
      limit ${most}::int)`;

/** The tenant itself with its numbers and members, once nobody remembers the numbers: nothing comes in any more. */
async function eraseRest(tenantId: string, wait: number) {
  await alone(async (tx) => {
    const { db } = tx;
    const [tenant] = await db.$queryRaw<{ askedAt: Date | null; erasingAt: Date; createdAt: Date }[]>`
      select delete_asked_at as "askedAt", erasing_at as "erasingAt", created_at as "createdAt" from tenants
      where id = ${tenantId}::uuid and erasing_at <= now() - make_interval(secs => ${wait}::float8) for update`;
    if (!tenant) return 0;
    await eraseQuarantined(tx, tenantId, tenant.erasingAt, 1_000_000);
    await db.$executeRaw`delete from pgboss.job j where to_jsonb(j)::text like ${`%${tenantId}%`}`;
    const leaving = await whoBelongsNowhereElse(tx, tenantId);
    await db.$executeRaw`delete from tenants where id = ${tenantId}::uuid`;
    await eraseLogins(tx, leaving);
    await recordAudit(tx, {
      tenantId: null,
      actor: { userId: null, name: 'Parley', address: null, device: null },
      action: 'tenant.erased',
      subject: `Tenant ${referenceOf(tenantId)}`,
      details: {
        created: tenant.createdAt.toISOString(),
        deletionAsked: tenant.askedAt?.toISOString() ?? null,
        logins: leaving.length,
      },
    });
    return 1;
  });
}

type Login = { id: string; email: string };

const whoBelongsNowhereElse = ({ db }: PlatformTx, tenantId: string) =>
  db.$queryRaw<Login[]>`
    select u.id, u.email from members m join users u on u.id = m.user_id
    where m.tenant_id = ${tenantId}::uuid and not u.superadmin
      and not exists (select from members o where o.user_id = u.id and o.tenant_id <> m.tenant_id)`;

/** With their sessions, links, codes, and lines in the audit log, which go with the login; and the letters to them. */
async function eraseLogins({ db }: PlatformTx, logins: Login[]) {
  const emails = logins.map(({ email }) => email);
  await db.$executeRaw`
    delete from pgboss.job where name = 'send-mail' and data ->> 'letterId' in (
      select id::text from letters where tenant_id is null and recipient = any(${emails}::text[]))`;
  await db.$executeRaw`delete from letters where tenant_id is null and recipient = any(${emails}::text[])`;
  await db.$executeRaw`delete from users where id = any(${logins.map(({ id }) => id)}::uuid[])`;
}

/** By this the line about a tenant that is gone is found by who noted it before; it leads nowhere else. */
export const referenceOf = (tenantId: string) =>
  createHash('sha256').update(`erased tenant ${tenantId}`).digest('hex').slice(0, 12);

/** Does the work unless somebody else is erasing at this moment; then undefined. */
const alone = <T>(work: (tx: PlatformTx) => Promise<T>) =>
  asPlatform(async (tx) => {
    const [row] = await tx.db.$queryRaw<
      { mine: boolean }[]
    >`select pg_try_advisory_xact_lock(${lock}::bigint) as mine`;
    return row?.mine ? work(tx) : undefined;
  });
