import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { Refusal } from '#server/refusal.ts';
import { type StandingRow, standingColumns, standingOf } from '#server/tenants/standing.ts';
import { referenceOf } from './erase-tenants.ts';
import { stateOf, type TenantState } from './list-tenants.ts';
import { mostCounted, sinceId } from './usage.ts';

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
type Usage = { lastDay: number; last30Days: number; conversations: number; leads: number };

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
      usage: await usageOf(tx, id, now),
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

async function usageOf({ db }: PlatformTx, id: string, now: Date): Promise<Usage> {
  const [usage] = await db.$queryRaw<Usage[]>`
    select (select count(*)::int from (select from messages where tenant_id = ${id}::uuid
             and id >= ${sinceId(now, 1)}::uuid limit ${mostCounted}::int) as counted) as "lastDay",
           (select count(*)::int from (select from messages where tenant_id = ${id}::uuid
             and id >= ${sinceId(now, 30)}::uuid limit ${mostCounted}::int) as counted) as "last30Days",
           (select count(*)::int from (select from conversations where tenant_id = ${id}::uuid
             limit ${mostCounted}::int) as counted) as conversations,
           (select count(*)::int from (select from leads where tenant_id = ${id}::uuid
             limit ${mostCounted}::int) as counted) as leads`;
  return usage ?? { lastDay: 0, last30Days: 0, conversations: 0, leads: 0 };
}

/** What was done to the tenant as a whole, newest first. */
async function actsOn({ db }: PlatformTx, tenantId: string) {
  const entries = await db.auditEntry.findMany({
    where: { tenantId, action: { startsWith: 'tenant.' } },
    select: { id: true, at: true, actorName: true, action: true, details: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: 50,
  });
  return entries.map(({ at, details, ...entry }) => ({
    ...entry,
    at: at.toISOString(),
    reason: reasonIn(details),
  }));
}

const reasonIn = (details: unknown): string | null =>
  details instanceof Object && 'reason' in details && typeof details.reason === 'string'
    ? details.reason
    : null;
