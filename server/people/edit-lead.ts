import { z } from 'zod';
import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { readFieldValue } from './field-value.ts';
import { plainText } from './plain-text.ts';
import { noLead } from './read-lead.ts';
import { recordLeadEvent } from './record-lead-event.ts';

const line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => plainText(text) || null)
    .nullable()
    .optional();

/** What is not given stays; an empty one is cleared. Own fields by their key, as text: see readFieldValue. */
export const leadEditForm = z.object({
  name: line(200),
  email: line(320).refine((email) => email == null || /^[^\s@]+@[^\s@]+$/.test(email), {
    error: 'This is no e-mail address. It needs a name, an @ and a domain.',
  }),
  language: line(20),
  fields: z.record(z.string().max(60), z.string().max(2_000)).optional(),
});

type Edit = z.infer<typeof leadEditForm> & { id: string; actor: UserActor };

/** Changes what is known of a lead. Refuses values that do not fit their field. */
export async function editLead(
  tx: TenantTx,
  { id, actor, name, email, language, fields }: Edit,
): Promise<void> {
  const { tenantId, db } = tx;
  const [lead] = await db.$queryRaw<{ name: string | null; fields: Record<string, unknown> }[]>`
    select coalesce(name, profile_name) as name, fields from leads
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and merged_into is null for no key update`;
  if (!lead) throw noLead();
  const own = await changedFields(tx, lead.fields, fields ?? {});
  const what = [
    ...(name !== undefined ? ['Name'] : []),
    ...(email !== undefined ? ['Email'] : []),
    ...(language !== undefined ? ['Language'] : []),
    ...own.names,
  ];
  if (what.length === 0) return;
  await db.lead.update({
    where: { tenantId_id: { tenantId, id } },
    data: {
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
      ...(language !== undefined && { language }),
      ...(own.names.length > 0 && { fields: own.values }),
    },
    select: { id: true },
  });
  await recordLeadEvent(tx, { leadId: id, kind: 'edited', actor, detail: { fields: what } });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'lead.edited', subject: name ?? lead.name ?? 'without a name' },
    details: { changed: what.join(', ') },
  });
  await publishEverything(tx);
}

async function changedFields(
  { tenantId, db }: TenantTx,
  before: Record<string, unknown>,
  given: Record<string, string>,
) {
  const known = await db.leadField.findMany({ where: { tenantId, key: { in: Object.keys(given) } } });
  const values: Record<string, string | number | boolean> = Object.fromEntries(
    Object.entries(before).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[key, value]]
        : [],
    ),
  );
  for (const key of Object.keys(given)) {
    const field = known.find((one) => one.key === key);
    if (!field) throw new Refusal('not-found', 'no-field', 'This field does not exist any more.');
    const value = readFieldValue(field, given[key] ?? '');
    if (value === null) delete values[key];
    else values[key] = value;
  }
  return { values, names: known.map((field) => field.name) };
}
