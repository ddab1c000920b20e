import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { listFields } from '#server/leads/fields.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';

const mostLabels = 500;

/** What leads can be told apart by in this tenant: its labels, its own fields, and who is in the team. */
export async function listChoices(tx: TenantTx) {
  const { tenantId, db } = tx;
  const [labels, fields, members] = [
    await db.label.findMany({
      where: { tenantId },
      orderBy: { name: 'asc' },
      select: { id: true, name: true },
      take: mostLabels,
    }),
    await listFields(tx),
    await db.$queryRaw<{ userId: string; name: string }[]>`
      select m.user_id as "userId", u.name from members m join users u on u.id = m.user_id
      where m.tenant_id = ${tenantId}::uuid order by lower(u.name), u.id limit 1000`,
  ];
  return { labels, fields, members };
}

/** The label of this name, made where there is none; one a name, however it is written. */
export async function makeLabel(tx: TenantTx, name: string): Promise<{ id: string; name: string }> {
  const { tenantId, db } = tx;
  if ((await db.label.count({ where: { tenantId } })) >= mostLabels)
    throw new Refusal(
      'precondition',
      'too-many-labels',
      `There are ${mostLabels} labels already. Use one of them.`,
    );
  const made = await db.$executeRaw`
    insert into labels (tenant_id, id, name) values (${tenantId}::uuid, ${newId()}::uuid, ${name}::text)
    on conflict (tenant_id, search_form(name)) do nothing`;
  const [label] = await db.$queryRaw<{ id: string; name: string }[]>`
    select id, name from labels where tenant_id = ${tenantId}::uuid and search_form(name) = search_form(${name}::text)`;
  if (!label) throw new Error('a label that was just made is not there');
  if (made > 0) await publishEverything(tx);
  return label;
}

/** Gives a label another name. Refuses one that is not there, and a name that another label has, however it is written. */
export async function renameLabel(tx: TenantTx, { id, name }: { id: string; name: string }): Promise<void> {
  const { tenantId, db } = tx;
  const [other] = await db.$queryRaw<{ name: string }[]>`
    select name from labels
    where tenant_id = ${tenantId}::uuid and search_form(name) = search_form(${name}::text) and id <> ${id}::uuid`;
  if (other) throw new Refusal('conflict', 'label-name', `There is a label “${other.name}” already.`);
  const { count } = await db.label.updateMany({ where: { tenantId, id }, data: { name } });
  if (count === 0) throw new Refusal('not-found', 'no-label', 'This label does not exist any more.');
  await publishEverything(tx);
}
