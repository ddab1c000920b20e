import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';

export const fieldKinds = ['text', 'number', 'date', 'choice', 'boolean'] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** A field that the tenant keeps of its leads; `key` is under what `leads.fields` holds it. */
export type LeadField = { key: string; name: string; kind: FieldKind; choices: string[] };

/** How many fields a tenant may have: each is a column of its table and its files. */
export const mostFields = 100;

/** The tenant's own fields, in the order in which they were made. */
export async function listFields({ db }: TenantTx): Promise<LeadField[]> {
  const rows = await db.leadField.findMany({
    select: { key: true, name: true, kind: true, choices: true },
    orderBy: [{ createdAt: 'asc' }, { key: 'asc' }],
  });
  // The cast: a check of the table's holds it.
  return rows.map((row) => ({ ...row, kind: row.kind as FieldKind }));
}

/** Makes a field, or hands back the one of this name, if it is of the same kind; its choices grow by the new ones. */
export async function makeField(
  tx: TenantTx,
  { name, kind, choices = [] }: { name: string; kind: FieldKind; choices?: string[] },
): Promise<LeadField> {
  const { db, tenantId } = tx;
  // Two who make the same field at once wait for each other.
  await db.$queryRaw`select pg_advisory_xact_lock(hashtextextended('fields of ' || ${tenantId}, 0))::text`;
  const known = await listFields(tx);
  const written = name.trim().slice(0, 60);
  const [{ key: named } = { key: null }] = await db.$queryRaw<{ key: string | null }[]>`
    select key from lead_fields where tenant_id = ${tenantId}::uuid and search_form(name) = search_form(${written})`;
  const same = known.find(({ key }) => key === named);
  if (same && same.kind !== kind)
    throw new Refusal(
      'conflict',
      'field-kind',
      `There is a field “${same.name}” already, and it holds ${kindWords[same.kind]}. Choose that or another name.`,
    );
  if (same) return kind === 'choice' ? addChoices(tx, same, choices) : same;
  if (known.length >= mostFields)
    throw new Refusal('precondition', 'fields', `There are ${mostFields} fields already, and no more fit.`);
  const field = {
    key: freeKey(written, known),
    name: written,
    kind,
    choices: kind === 'choice' ? unique(choices) : [],
  };
  await db.leadField.create({ data: { tenantId, ...field }, select: { key: true } });
  return field;
}

const kindWords: Record<FieldKind, string> = {
  text: 'texts',
  number: 'numbers',
  date: 'dates',
  choice: 'choices',
  boolean: 'yes or no',
};

async function addChoices({ db, tenantId }: TenantTx, field: LeadField, more: string[]): Promise<LeadField> {
  const choices = unique([...field.choices, ...more]);
  if (choices.length > field.choices.length)
    await db.leadField.update({
      where: { tenantId_key: { tenantId, key: field.key } },
      data: { choices },
      select: { key: true },
    });
  return { ...field, choices };
}

/** By their first spelling: "VIP" and "vip" are one choice. */
const unique = (choices: string[]) =>
  [...new Map(choices.toReversed().map((choice) => [choice.toLowerCase(), choice])).values()].toReversed();

function freeKey(name: string, known: { key: string }[]): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 50);
  const first = plain === '' ? 'field' : plain;
  const taken = new Set(known.map(({ key }) => key));
  let key = first;
  for (let number = 2; taken.has(key); number += 1) key = `${first}_${number}`;
  return key;
}
