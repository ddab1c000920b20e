import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import type { PlatformTx } from '#server/db/as-platform.ts';
import { Refusal } from '#server/refusal.ts';
import { deletionLetter, restoredLetter, writeToOwners } from './deletion-letters.ts';

/** How long a tenant that was deleted can be restored, unless told otherwise. Days. */
export const graceDays = 30;

/** Who closes or opens a tenant; `email` is what its members are told to ask. */
type By = { actor: Actor; email: string };
type Tenant = {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  state: string;
  suspendedAt: Date | null;
  deleteAfter: Date | null;
  deleteAskedBy: string | null;
  deleteAskedInside: boolean;
};

/** Closes the tenant's rooms: webhooks are still kept, bot and sending stop, its members read the reason. */
export async function suspendTenant(
  tx: PlatformTx,
  slug: string,
  { reason, ...by }: By & { reason: string },
) {
  const tenant = await lockTenant(tx, slug);
  if (tenant.suspendedAt || (tenant.state === 'suspended' && !tenant.deleteAfter))
    throw new Refusal('conflict', 'suspended', `${tenant.name} is suspended already.`);
  await tx.db.$executeRaw`
    update tenants set state = 'suspended', suspended_at = now(), suspended_reason = ${reason}, suspended_by = ${by.email}
    where id = ${tenant.id}::uuid`;
  await tell(tx, tenant, by, 'tenant.suspended', { reason });
}

/** Opens them again. What arrived meanwhile is there; what waited to be sent was marked as not sent. */
export async function resumeTenant(tx: PlatformTx, slug: string, by: By) {
  const tenant = await lockTenant(tx, slug);
  if (tenant.state !== 'suspended' || (tenant.deleteAfter && !tenant.suspendedAt))
    throw new Refusal('conflict', 'not-suspended', `${tenant.name} is not suspended.`);
  await tx.db.$executeRaw`
    update tenants set state = case when delete_after is null then 'active' else 'suspended' end,
      suspended_at = null, suspended_reason = null, suspended_by = null
    where id = ${tenant.id}::uuid`;
  await tell(tx, tenant, by, 'tenant.resumed', {});
}

type Deletion = {
  reason: string | null;
  days?: number;
  /** An owner of its own asks for it. */
  inside?: boolean;
};

/** Closes the tenant at once, has it erased once the days of grace are over, and writes that to its owners. */
export async function deleteTenant(
  tx: PlatformTx,
  slug: string,
  { reason, days = graceDays, inside = false, ...by }: By & Deletion,
) {
  const tenant = await lockTenant(tx, slug);
  if (tenant.deleteAfter)
    throw new Refusal('conflict', 'deleting', `${tenant.name} will be deleted already.`);
  await tx.db.$executeRaw`
    update tenants set state = 'suspended', delete_asked_at = now(), delete_reason = ${reason},
      delete_asked_by = ${by.email}, delete_asked_inside = ${inside},
      delete_after = now() + make_interval(days => ${days}::int)
    where id = ${tenant.id}::uuid`;
  await tell(tx, tenant, by, 'tenant.deleted', { reason, days });
  await writeToOwners(tx, tenant, deletionLetter({ who: by.actor.name, email: by.email, days, inside }));
}

/**
 * Takes the deletion back, and writes that to the owners. A tenant that was suspended before is so again. `inside`: an
 * owner of its own asks, who can take back only what an owner began.
 */
export async function restoreTenant(
  tx: PlatformTx,
  slug: string,
  { inside = false, ...by }: By & { inside?: boolean },
) {
  const tenant = await lockTenant(tx, slug);
  if (!tenant.deleteAfter)
    throw new Refusal('conflict', 'not-deleting', `${tenant.name} is not to be deleted.`);
  if (inside && !tenant.deleteAskedInside)
    throw new Refusal(
      'not-allowed',
      'not-yours',
      `No owner asked for this deletion. Ask ${tenant.deleteAskedBy ?? 'whoever runs this installation'} to restore ${tenant.name}.`,
    );
  await tx.db.$executeRaw`
    update tenants set state = case when suspended_at is null then 'active' else 'suspended' end,
      delete_asked_at = null, delete_reason = null, delete_asked_by = null, delete_asked_inside = false,
      delete_after = null
    where id = ${tenant.id}::uuid`;
  await tell(tx, tenant, by, 'tenant.restored', {});
  await writeToOwners(tx, tenant, restoredLetter(by.actor.name));
}

/** One whose rows are being taken away is none any more. */
async function lockTenant({ db }: PlatformTx, slug: string): Promise<Tenant> {
  const [tenant] = await db.$queryRaw<Tenant[]>`
    select id, slug, name, time_zone as "timeZone", state, suspended_at as "suspendedAt", delete_after as "deleteAfter",
           delete_asked_by as "deleteAskedBy", delete_asked_inside as "deleteAskedInside"
    from tenants where slug = ${slug} and erasing_at is null for no key update`;
  if (!tenant) throw new Refusal('not-found', 'no-tenant', 'Not found.');
  return tenant;
}

const tell = (
  tx: PlatformTx,
  { id, name }: Tenant,
  { actor }: By,
  action: string,
  details: Record<string, string | number | null>,
) => recordAudit(tx, { tenantId: id, actor, action, subject: name, details });
