import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { recordConsents } from '#server/leads/record-consents.ts';
import { holdAllKeys } from '#server/leads/resolve-leads.ts';
import type { OnKnown } from './columns.ts';
import { changesConsent, decide, type KnownLead } from './decide.ts';
import type { Person, Problem } from './read-person.ts';

export type Verdicts = {
  created: number;
  updated: number;
  unchanged: number;
  doubled: number;
  /** How many known leads each way of treating them would change. */
  changes: { fill: number; overwrite: number };
};

type Order = {
  importId: string;
  fileName: string;
  actor: { userId: string; name: string };
  onKnown: OnKnown;
  labelIds: string[];
  /** Ids of labels by their names. */
  labels: Map<string, string>;
};

/** What would become of these persons; writes nothing. */
export async function tryBatch(tx: TenantTx, order: Order, persons: Person[]): Promise<Verdicts> {
  return judge(await knownLeads(tx, persons, false), order, persons).verdicts;
}

/**
 * Writes these persons as leads, with what an undo needs. Set-based: the number of statements does not depend on how
 * many they are. Whoever writes in at the same moment waits for the commit and is found.
 */
export async function applyBatch(
  tx: TenantTx,
  order: Order,
  persons: Person[],
): Promise<{ verdicts: Verdicts; problems: Problem[] }> {
  await holdAllKeys(tx);
  const judged = judge(await knownLeads(tx, persons, true), order, persons);
  if (judged.created.length > 0) await create(tx, judged.created);
  if (judged.changed.length > 0) await change(tx, judged.changed);
  await consent(tx, order, judged);
  await keepImages(tx, order.importId, judged);
  return judged;
}

type Made = { id: string; addressId: string; person: Person; labels: string[] };
type Changed = { before: KnownLead; after: KnownLead; person: Person; consentId: string | null };
type Judged = { created: Made[]; changed: Changed[]; verdicts: Verdicts; problems: Problem[] };

function judge(known: Map<string, KnownLead>, order: Order, persons: Person[]): Judged {
  const [created, changed, problems]: [Made[], Changed[], Problem[]] = [[], [], []];
  const verdicts = { created: 0, updated: 0, unchanged: 0, doubled: 0, changes: { fill: 0, overwrite: 0 } };
  const lines = new Map<string, number>();
  for (const person of persons) {
    const labels = [
      ...new Set([
        ...order.labelIds,
        ...person.labels.map((name) => order.labels.get(name.toLowerCase()) ?? name),
      ]),
    ];
    const lead = known.get(person.phone.key);
    if (!lead) {
      created.push({ id: newId(), addressId: newId(), person, labels });
      verdicts.created += 1;
      continue;
    }
    const line = lines.get(lead.id);
    if (line !== undefined) {
      verdicts.doubled += 1;
      const reason = `The same lead as line ${line}, by another number`;
      problems.push({ line: person.line, kind: 'doubled', column: null, value: person.phone.raw, reason });
      continue;
    }
    lines.set(lead.id, person.line);
    const named = { ...person, labels };
    if (decide(lead, named, 'fill')) verdicts.changes.fill += 1;
    if (decide(lead, named, 'overwrite')) verdicts.changes.overwrite += 1;
    const after = decide(lead, named, order.onKnown);
    if (!after) {
      verdicts.unchanged += 1;
      continue;
    }
    verdicts.updated += 1;
    const consentId = changesConsent(lead, person, order.onKnown) ? newId() : null;
    changed.push({ before: lead, after, person, consentId });
  }
  return { created, changed, verdicts, problems };
}

/** By phone key. Held until commit where they are to be changed, in a fixed order. */
async function knownLeads(
  { db, tenantId }: TenantTx,
  persons: Person[],
  held: boolean,
): Promise<Map<string, KnownLead>> {
  const keys = persons.map(({ phone }) => phone.key);
  // On a table that grew since it was last analysed the planner would read all of it for each batch.
  await db.$queryRaw`
    select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
           set_config('enable_mergejoin', 'off', true)`;
  if (held)
    await db.$queryRaw`
      select count(*) from (
        select l.id from leads l where l.tenant_id = ${tenantId}::uuid and l.id in (
          select a.lead_id from addresses a where a.tenant_id = ${tenantId}::uuid and a.kind = 'phone' and a.scope = ''
            and a.value = any (${keys}))
        order by l.id for no key update) as held`;
  const [found] = await db.$queryRaw<{ leads: (KnownLead & { key: string })[] | null }[]>`
    select json_agg(json_build_object('key', a.value, 'id', l.id, 'name', l.name, 'email', l.email, 'language', l.language,
                                      'fields', l.fields, 'labels', l.label_ids, 'consent', l.consent,
                                      'deleted', l.deleted_at is not null)) as leads
    from addresses a join leads l on l.tenant_id = a.tenant_id and l.id = a.lead_id
    where a.tenant_id = ${tenantId}::uuid and a.kind = 'phone' and a.scope = '' and a.value = any (${keys})`;
  // One object a lead, so that two of their numbers in one file meet.
  const byId = new Map<string, KnownLead>();
  const byKey = new Map<string, KnownLead>();
  for (const { key, ...lead } of found?.leads ?? []) {
    const one = byId.get(lead.id) ?? lead;
    byId.set(lead.id, one);
    byKey.set(key, one);
  }
  return byKey;
}

async function create({ db, tenantId }: TenantTx, made: Made[]) {
  const rows = JSON.stringify(
    made.map(({ id, addressId, labels, person: { name, email, language, fields, phone } }) => ({
      ...{ id, name, email, language, fields, labels, address: addressId, key: phone.key, raw: phone.raw },
    })),
  );
  await db.$executeRaw`
    with made as materialized (
      select * from json_to_recordset(${rows}::json) as r (
        id uuid, name text, email text, language text, fields jsonb, labels uuid[], address uuid, key text, raw text)
    ), leads as (
      insert into leads (tenant_id, id, name, email, language, fields, label_ids, source)
      select ${tenantId}::uuid, id, name, email, language, fields, labels, 'import' from made
    )
    insert into addresses (tenant_id, id, lead_id, kind, scope, value, raw)
    select ${tenantId}::uuid, address, id, 'phone', '', key, raw from made`;
}

async function change({ db, tenantId }: TenantTx, changed: Changed[]) {
  const rows = JSON.stringify(
    changed.map(({ after: { id, name, email, language, fields, labels } }) => ({
      id,
      name,
      email,
      language,
      fields,
      labels,
    })),
  );
  await db.$executeRaw`
    update leads l set name = r.name, email = r.email, language = r.language, fields = r.fields, label_ids = r.labels,
                       deleted_at = null
    from json_to_recordset(${rows}::json) as r (id uuid, name text, email text, language text, fields jsonb, labels uuid[])
    where l.tenant_id = ${tenantId}::uuid and l.id = r.id`;
}

async function consent(tx: TenantTx, { fileName, actor }: Order, { created, changed }: Judged) {
  const news = [
    ...created.map(({ id, person }) => ({ leadId: id, id: newId(), person })),
    ...changed.flatMap(({ before, person, consentId }) =>
      consentId === null ? [] : [{ leadId: before.id, id: consentId, person }],
    ),
  ].flatMap(({ leadId, id, person: { line, consent } }) =>
    consent === null
      ? []
      : [
          {
            ...{
              tenantId: tx.tenantId,
              id,
              leadId,
              at: new Date(),
              state: consent.state,
              source: 'import' as const,
              actor,
            },
            proof: `“${consent.said}” on line ${line} of ${fileName}`,
          },
        ],
  );
  await recordConsents(tx, news);
}

/** The leads as they were, and the revision that this import left them at. */
async function keepImages({ db, tenantId }: TenantTx, importId: string, { created, changed }: Judged) {
  const rows = JSON.stringify([
    ...created.map(({ id, person }) => ({ id, line: person.line, before: null })),
    ...changed.map(({ before, person, consentId }) => ({
      id: before.id,
      line: person.line,
      before: { ...before, consentId },
    })),
  ]);
  await db.$executeRaw`
    insert into import_rows (tenant_id, import_id, line, lead_id, before, revision)
    select ${tenantId}::uuid, ${importId}::uuid, r.line, l.id, nullif(r.before, 'null'::jsonb), l.revision
    from json_to_recordset(${rows}::json) as r (id uuid, line int, before jsonb)
    join leads l on l.tenant_id = ${tenantId}::uuid and l.id = r.id`;
}
