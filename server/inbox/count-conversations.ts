import type { TenantTx } from '#server/db/with-tenant.ts';
import { ofThoseThere } from './list-conversations.ts';
import type { InboxCounts } from './views.ts';

/** Counts stop here, so that they cost the same however large the tenant is. */
const most = 100;

/** How many conversations each tab holds, and how many open ones have something unread for this member. */
export async function countConversations(tx: TenantTx, userId: string): Promise<InboxCounts> {
  const [counts] = await tx.db.$queryRaw<InboxCounts[]>`
    select
      (select count(*)::int from (select from conversations c where tenant_id = ${tx.tenantId}::uuid and open
        and holder = 'member' and assignee_id = ${userId}::uuid ${ofThoseThere} limit ${most}) as counted) as mine,
      (select count(*)::int from (select from conversations c where tenant_id = ${tx.tenantId}::uuid and open
        and holder = 'nobody' ${ofThoseThere} limit ${most}) as counted) as unassigned,
      (select count(*)::int from (select from conversations c where tenant_id = ${tx.tenantId}::uuid and open
        ${ofThoseThere} limit ${most}) as counted) as all,
      (select count(*)::int from (
        select c.id, c.inbound_count from conversations c where c.tenant_id = ${tx.tenantId}::uuid and c.open
        ${ofThoseThere} order by c.last_at desc, c.id desc limit ${most}) as newest
        left join read_marks r on r.tenant_id = ${tx.tenantId}::uuid and r.conversation_id = newest.id and r.user_id = ${userId}::uuid
        where newest.inbound_count > coalesce(r.read_count, 0)) as unread`;
  return counts ?? { mine: 0, unassigned: 0, all: 0, unread: 0 };
}
