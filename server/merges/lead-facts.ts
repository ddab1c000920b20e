import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import type { Facts } from './joined.ts';

type Held = { id: string; facts: Facts; gone: boolean; mergedInto: string | null };

/** Locks two leads, and before them their conversations, until the transaction ends. Refuses when the tenant lacks one. */
export async function holdLeads(
  { tenantId, db }: TenantTx,
  one: string,
  other: string,
): Promise<[Held, Held]> {
  await db.$queryRaw`
    select from conversations where tenant_id = ${tenantId}::uuid and lead_id = any(${[one, other]}::uuid[])
    order by id for no key update`;
  const rows = await db.$queryRaw<
    (Omit<Facts, 'blockedAt'> & {
      id: string;
      blockedAt: Date | null;
      deleted: boolean;
      mergedInto: string | null;
    })[]
  >`
    select id, name, profile_name as "profileName", username, email, language, assignee_id as "assigneeId", fields,
           label_ids as "labelIds", consent, blocked_at as "blockedAt", deleted_at is not null as deleted,
           merged_into as "mergedInto"
    from leads where tenant_id = ${tenantId}::uuid and id = any(${[one, other]}::uuid[])
    order by id for update`;
  const find = (wanted: string): Held => {
    const row = rows.find(({ id }) => id === wanted);
    if (!row) throw new Refusal('not-found', 'no-lead', 'This lead does not exist.');
    const { id, deleted, mergedInto, blockedAt, ...facts } = row;
    return {
      ...{ id, mergedInto, gone: deleted || mergedInto !== null },
      facts: { ...facts, blockedAt: blockedAt?.toISOString() ?? null },
    };
  };
  return [find(one), find(other)];
}

export async function writeFacts({ tenantId, db }: TenantTx, id: string, facts: Facts) {
  await db.lead.update({ where: { tenantId_id: { tenantId, id } }, data: facts, select: { id: true } });
}

export const nameOf = ({ name, profileName, username, email }: Facts): string =>
  name ?? profileName ?? username ?? email ?? 'somebody without a name';
