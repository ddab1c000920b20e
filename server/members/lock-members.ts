import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import type { Role } from '#server/tenants/roles.ts';

type Member = { userId: string; name: string; email: string; role: Role };

/**
 * The members as they are, for whoever changes one of them: changes of a tenant's members happen one after the other,
 * until the transaction ends. `actor` asks and is read anew, because a moment ago somebody may have taken their place
 * away; without it there is nothing. `target` is undefined when it is nobody here.
 */
export async function lockMembers(
  { tenantId, db }: TenantTx,
  { actorId, targetId }: { actorId: string; targetId: string },
): Promise<{ actor: Member; target: Member; owners: number }> {
  await db.$queryRaw`select from tenants where id = ${tenantId}::uuid for no key update`;
  const members = await db.$queryRaw<Member[]>`
    select m.user_id as "userId", u.name, u.email, m.role from members m join users u on u.id = m.user_id
    where m.tenant_id = ${tenantId}::uuid
      and (m.user_id in (${actorId}::uuid, ${targetId}::uuid) or m.role = 'owner')`;
  const actor = members.find(({ userId }) => userId === actorId);
  const target = members.find(({ userId }) => userId === targetId);
  if (!actor) throw new Refusal('not-found', 'no-member', 'Not found.');
  if (!target)
    throw new Refusal('not-found', 'no-member', 'This person is no member here any more. Reload the page.');
  return { actor, target, owners: members.filter(({ role }) => role === 'owner').length };
}
