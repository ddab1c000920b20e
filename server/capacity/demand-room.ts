import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { readQuotas } from './quotas.ts';

/** What there may be so many of at a time, how it is counted and called. */
const things = {
  leads: {
    one: 'lead',
    count: ({ db, tenantId }: TenantTx) =>
      db.lead.count({ where: { tenantId, deletedAt: null, mergedInto: null } }),
  },
  // Whoever is asked takes a place as well, and so does a number that is being connected.
  members: {
    one: 'member',
    count: async ({ db, tenantId }: TenantTx) =>
      (await db.member.count({ where: { tenantId } })) +
      (await db.invitation.count({
        where: { tenantId, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
      })),
  },
  channels: {
    one: 'number',
    count: async ({ db, tenantId }: TenantTx) =>
      (await db.channel.count({ where: { tenantId, disconnectedAt: null } })) +
      (await db.channelDraft.count({ where: { tenantId } })),
  },
} as const;

export type Countable = keyof typeof things;

/** How many there are of what a quota limits; with those who are asked to be members. */
export const countOf = (tx: TenantTx, what: Countable): Promise<number> => things[what].count(tx);

/**
 * Refuses one more than the tenant may have. Holds the count until the transaction ends, so that two at once are
 * counted one after the other.
 */
export async function demandRoom(tx: TenantTx, what: Countable): Promise<void> {
  const most = (await readQuotas(tx, tx.tenantId))[what];
  if (most === null) return;
  await tx.db
    .$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`${what} of ${tx.tenantId}`}, 0))::text`;
  const present = await countOf(tx, what);
  if (present < most) return;
  const { one } = things[what];
  const number = (count: number) => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
  const invited = what === 'members' ? ', with those who are invited' : '';
  throw new Refusal(
    'too-many',
    `quota-${what}`,
    `Your quota is ${number(most)}${invited}, and all of it is in use. An owner can ask for more under Settings.`,
  );
}
