import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import { readTenantQuotas } from '#server/capacity/read-tenant-quotas.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { Refusal } from '#server/refusal.ts';
import { type StandingRow, standingColumns, standingOf } from '#server/tenants/standing.ts';
import { referenceOf } from './erase-tenants.ts';
import { stateOf, type TenantState } from './list-tenants.ts';
import { mostCounted } from './usage.ts';

/** Whoever looks again within so many minutes is still looking. */
const sameLook = 10;
const mostShown = 200;

type Row = StandingRow & {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  language: string;
  createdAt: Date;
  shownState: TenantState;
};
type Holdings = { conversations: number; leads: number };

/** One tenant for the superadmin: who is in it, its numbers, what it does. That somebody looked is written down. */
export function readTenant(slug: string, actor: Actor, now = new Date()) {
  return asPlatform(async (tx) => {
    const { db } = tx;
    const [tenant] = await db.$queryRaw<Row[]>`
      select t.id, t.slug, t.name, t.time_zone as "timeZone", t.language, t.created_at as "createdAt",
             ${stateOf} as "shownState", ${standingColumns}
      from tenants t where t.slug = ${slug}`;
    if (!tenant) throw new Refusal('not-found', 'no-tenant', 'Not found.');
    const { id, name, timeZone, language } = tenant;
    if (tenant.shownState !== 'erasing') await noteLook(tx, tenant, actor);
    const members = await db.member.findMany({
      where: { tenantId: id },
      select: { role: true, createdAt: true, user: { select: { name: true, email: true } } },
      orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
      take: mostShown,
    });
    const invitations = await db.invitation.findMany({
      where: { tenantId: id, role: 'owner', acceptedAt: null, revokedAt: null },
      select: { email: true },
      orderBy: { createdAt: 'asc' },
      take: mostShown,
    });
    const channels = await db.channel.findMany({
      where: { tenantId: id },
      select: {
        id: true,
        name: true,
        displayPhoneNumber: true,
        phoneNumberId: true,
        botOn: true,
        createdAt: true,
      },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: mostShown,
    });
    return {
      ...{ slug, name, timeZone, language, state: tenant.shownState, standing: standingOf(tenant) },
      createdAt: tenant.createdAt.toISOString(),
      reference: referenceOf(id),
      members: members.map(({ user, role, createdAt }) => ({
        ...user,
        role,
        since: createdAt.toISOString(),
      })),
      /** Who was asked to be its owner and has not come yet. */
      invited: invitations.map(({ email }) => email),
      channels: channels.map(({ createdAt, ...channel }) => ({ ...channel, since: createdAt.toISOString() })),
      holdings: await holdingsOf(tx, id),
      spending: await readTenantQuotas(tx, id, now),
      acts: await actsOn(tx, id),
    };
  });
}

async function noteLook(tx: PlatformTx, { id, name }: Row, actor: Actor) {
  const [known] = await tx.db.$queryRaw<unknown[]>`
    select from audit where tenant_id = ${id}::uuid and action = 'tenant.looked-at' and actor_id = ${actor.userId}::uuid
      and at > now() - make_interval(mins => ${sameLook}::int) limit 1`;
  if (!known) await recordAudit(tx, { tenantId: id, actor, action: 'tenant.looked-at', subject: name });
}

async function holdingsOf({ db }: PlatformTx, id: string): Promise<Holdings> {
  const [holdings] = await db.$queryRaw<Holdings[]>`
    select (select count(*)::int from (select from conversations where tenant_id = ${id}::uuid
             limit ${mostCounted}::int) as counted) as conversations,
           (select count(*)::int from (select from leads where tenant_id = ${id}::uuid
             limit ${mostCounted}::int) as counted) as leads`;
  return holdings ?? { conversations: 0, leads: 0 };
}

/** What was done to the tenant as a whole, newest first. */
async function actsOn({ db }: PlatformTx, tenantId: string) {
  const entries = await db.auditEntry.findMany({
    where: { tenantId, OR: [{ action: { startsWith: 'tenant.' } }, { action: { startsWith: 'quota.' } }] },
    select: { id: true, at: true, actorName: true, action: true, details: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: 50,
  });
  return entries.map(({ at, details, ...entry }) => ({
    ...entry,
    at: at.toISOString(),
    reason: detailIn(details, 'reason'),
    quota: detailIn(details, 'tier') ?? detailIn(details, 'quota'),
  }));
}

const detailIn = (details: unknown, name: string): string | null => {
  const value: unknown = details instanceof Object ? Reflect.get(details, name) : null;
  return typeof value === 'string' && value !== '' ? value : null;
};
