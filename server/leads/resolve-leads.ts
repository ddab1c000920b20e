import type { BatchTx } from '#server/db/as-batch.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { matchKey } from './match-key.ts';

/** A person as they wrote in: to which tenant, under which business portfolio, and how they are named there. */
export type Writer = {
  tenantId: string;
  portfolioId: string;
  phone: string | null;
  bsuid: string | null;
  name: string | null;
  username: string | null;
};

export type AddressKey = {
  tenantId: string;
  kind: 'phone' | 'bsuid';
  scope: string;
  value: string;
  raw: string;
};
type Known = Map<
  string,
  { leadId: string; raw: string; profileName: string | null; username: string | null; deleted: boolean }
>;

/**
 * The lead of each writer, in order; makes those that are new, notes how they are called now, and
 * brings back who was deleted. Set-based: the number
 * of statements does not depend on the number of writers.
 */
export async function resolveLeads(tx: BatchTx, writers: Writer[]): Promise<string[]> {
  const keys = writers.map(addressKeys);
  let known = await findAddresses(tx, keys.flat());
  if (keys.flat().some((key) => !known.has(spell(key)))) known = await makeUnknown(tx, writers, keys);
  await refreshNames(tx, writers, keys, known);
  return keys.map((own) => leadOf(own, known) ?? unreachable());
}

/** The same for writers of whom each was looked for just now, and not found by one address at least. */
export async function makeLeads(tx: BatchTx, writers: Writer[]): Promise<string[]> {
  const keys = writers.map(addressKeys);
  const known = await makeUnknown(tx, writers, keys);
  return keys.map((own) => leadOf(own, known) ?? unreachable());
}

/** Two transactions that meet the same new person wait for each other and find one lead. */
async function makeUnknown(tx: BatchTx, writers: Writer[], keys: AddressKey[][]): Promise<Known> {
  const [, known] = await Promise.all([holdKeys(tx, keys.flat()), findAddresses(tx, keys.flat())]);
  await makeMissing(tx, writers, keys, known);
  return known;
}

/** How this writer may be found: by number, by business-scoped id, or both; never by none. */
export function addressKeys(writer: Writer): AddressKey[] {
  const { tenantId, portfolioId, phone, bsuid } = writer;
  const keys: AddressKey[] = [];
  if (phone !== null) keys.push({ tenantId, kind: 'phone', scope: '', value: matchKey(phone), raw: phone });
  if (bsuid !== null) keys.push({ tenantId, kind: 'bsuid', scope: portfolioId, value: bsuid, raw: bsuid });
  return keys;
}

const spell = ({ tenantId, kind, scope, value }: Omit<AddressKey, 'raw'>) =>
  `${tenantId} ${kind} ${scope} ${value}`;

/** The phone's lead counts before the user id's: imported leads have phones. */
const leadOf = (keys: AddressKey[], known: Known) =>
  keys.map((key) => known.get(spell(key))?.leadId).find(Boolean);

async function findAddresses(tx: BatchTx, keys: AddressKey[]): Promise<Known> {
  const rows = await tx.db.$queryRaw<
    (AddressKey & { leadId: string; profileName: string | null; username: string | null; deleted: boolean })[]
  >`
    select a.tenant_id as "tenantId", a.kind, a.scope, a.value, a.raw, a.lead_id as "leadId",
           l.profile_name as "profileName", l.username, l.deleted_at is not null as deleted
    from unnest(${keys.map((key) => key.tenantId)}::uuid[], ${keys.map((key) => key.kind)}::text[],
                ${keys.map((key) => key.scope)}::text[], ${keys.map((key) => key.value)}::text[])
         as wanted (tenant_id, kind, scope, value)
    cross join lateral (
      select * from addresses where tenant_id = wanted.tenant_id and kind = wanted.kind and scope = wanted.scope
        and value = wanted.value limit 1) a
    cross join lateral (select * from leads where tenant_id = a.tenant_id and id = a.lead_id limit 1) l`;
  return new Map(rows.map((row) => [spell(row), row]));
}

/**
 * Until commit nobody else makes these addresses, and no import makes any of this tenant's. In a fixed order, so that two
 * who wait cannot wait for each other.
 */
export async function holdKeys(tx: BatchTx | TenantTx, keys: Omit<AddressKey, 'raw'>[]) {
  const spellings = [...new Set(keys.map(spell))];
  const tenants = [...new Set(keys.map(({ tenantId }) => tenantId))];
  await tx.db.$queryRaw`
    select case when shared then pg_advisory_xact_lock_shared(key)::text else pg_advisory_xact_lock(key)::text end from (
      select * from (
        select distinct true as shared, hashtextextended('leads of ' || tenant, 0) as key from unnest(${tenants}::text[]) as t (tenant)
        union all
        select distinct false, hashtextextended(spelling, 0) from unnest(${spellings}::text[]) as s (spelling)
      ) as keys order by shared desc, key
    ) as keys`;
}

/** The same for more addresses than PostgreSQL has room for locks: whoever would make one in this tenant waits until commit. */
export async function holdAllKeys({ db, tenantId }: TenantTx) {
  await db.$queryRaw`select pg_advisory_xact_lock(hashtextextended('leads of ' || ${tenantId}, 0))::text`;
}

async function makeMissing(tx: BatchTx, writers: Writer[], keys: AddressKey[][], known: Known) {
  const leads: { tenantId: string; id: string; name: string | null; username: string | null }[] = [];
  const addresses: (AddressKey & { leadId: string })[] = [];
  for (const [index, own] of keys.entries()) {
    const writer = writers[index] ?? unreachable();
    let leadId = leadOf(own, known);
    if (leadId === undefined) {
      leadId = newId();
      leads.push({ tenantId: writer.tenantId, id: leadId, name: writer.name, username: writer.username });
    }
    for (const key of own) {
      if (known.has(spell(key))) continue;
      addresses.push({ ...key, leadId });
      known.set(spell(key), {
        ...{ leadId, raw: key.raw, profileName: writer.name, username: writer.username },
        deleted: false,
      });
    }
  }
  if (addresses.length === 0) return;
  const made = tx.db.$executeRaw`
    insert into leads (tenant_id, id, profile_name, username)
    select * from unnest(${leads.map((lead) => lead.tenantId)}::uuid[], ${leads.map((lead) => lead.id)}::uuid[],
                         ${leads.map((lead) => lead.name)}::text[], ${leads.map((lead) => lead.username)}::text[])`;
  const findable = tx.db.$executeRaw`
    insert into addresses (tenant_id, id, lead_id, kind, scope, value, raw)
    select * from unnest(${addresses.map((one) => one.tenantId)}::uuid[], ${addresses.map(() => newId())}::uuid[],
                         ${addresses.map((one) => one.leadId)}::uuid[], ${addresses.map((one) => one.kind)}::text[],
                         ${addresses.map((one) => one.scope)}::text[], ${addresses.map((one) => one.value)}::text[],
                         ${addresses.map((one) => one.raw)}::text[])`;
  await Promise.all([made, findable]);
}

/** Somebody who was deleted and writes is there again. */
async function restore(tx: BatchTx, leads: { tenantId: string; id: string }[]) {
  const rows = leads.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  await tx.db.$executeRaw`
    with back as (
      update leads l set deleted_at = null
      from unnest(${rows.map((row) => row.tenantId)}::uuid[], ${rows.map((row) => row.id)}::uuid[],
                  ${rows.map(() => newId())}::uuid[]) as r (tenant_id, id, event_id)
      where l.tenant_id = r.tenant_id and l.id = r.id and l.deleted_at is not null
      returning l.tenant_id, r.event_id, l.id
    )
    insert into lead_events (tenant_id, id, lead_id, kind, detail)
    select tenant_id, event_id, id, 'restored', '{"why": "wrote"}' from back`;
}

/** WhatsApp's name, user name and way of writing the number change now and then; an imported name is never touched. */
async function refreshNames(tx: BatchTx, writers: Writer[], keys: AddressKey[][], known: Known) {
  const renamed = new Map<
    string,
    { tenantId: string; id: string; name: string | null; username: string | null }
  >();
  const respelled = new Map<string, AddressKey>();
  const returned = new Map<string, { tenantId: string; id: string }>();
  for (const [index, own] of keys.entries()) {
    const { tenantId, name, username } = writers[index] ?? unreachable();
    for (const key of own) {
      const found = known.get(spell(key)) ?? unreachable();
      const isNews =
        (name !== null && name !== found.profileName) || (username !== null && username !== found.username);
      if (isNews) renamed.set(found.leadId, { tenantId, id: found.leadId, name, username });
      if (found.deleted) returned.set(found.leadId, { tenantId, id: found.leadId });
      if (key.raw !== found.raw) respelled.set(spell(key), key);
    }
  }
  if (renamed.size > 0) {
    const rows = [...renamed.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    await tx.db.$executeRaw`
      update leads l set profile_name = coalesce(r.name, l.profile_name), username = coalesce(r.username, l.username)
      from unnest(${rows.map((row) => row.tenantId)}::uuid[], ${rows.map((row) => row.id)}::uuid[],
                  ${rows.map((row) => row.name)}::text[], ${rows.map((row) => row.username)}::text[])
           as r (tenant_id, id, name, username)
      where l.tenant_id = r.tenant_id and l.id = r.id`;
  }
  if (returned.size > 0) await restore(tx, [...returned.values()]);
  if (respelled.size > 0) {
    const rows = [...respelled.values()];
    await tx.db.$executeRaw`
      update addresses a set raw = r.raw
      from unnest(${rows.map((row) => row.tenantId)}::uuid[], ${rows.map((row) => row.kind)}::text[],
                  ${rows.map((row) => row.scope)}::text[], ${rows.map((row) => row.value)}::text[],
                  ${rows.map((row) => row.raw)}::text[]) as r (tenant_id, kind, scope, value, raw)
      where (a.tenant_id, a.kind, a.scope, a.value) = (r.tenant_id, r.kind, r.scope, r.value)`;
  }
}

function unreachable(): never {
  throw new Error('every writer has an address');
}
