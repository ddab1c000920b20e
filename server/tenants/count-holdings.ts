import type { TenantTx } from '#server/db/with-tenant.ts';

export type Holdings = { numbers: number; leads: number; conversations: number; members: number };

/** How much there is of what people would miss. */
export async function countHoldings({ db, tenantId }: TenantTx): Promise<Holdings> {
  const where = { tenantId };
  return {
    numbers: await db.channel.count({ where }),
    leads: await db.lead.count({ where: { tenantId, mergedInto: null } }),
    conversations: await db.conversation.count({ where }),
    members: await db.member.count({ where }),
  };
}
