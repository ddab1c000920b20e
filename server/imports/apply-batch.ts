import { setImmediate as soon } from 'node:timers/promises';
import { array } from '#server/db/array.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { recordConsents } from '#server/leads/record-consents.ts';
import { holdAllKeys, holdKeys } from '#server/leads/resolve-leads.ts';
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

/** Told when PostgreSQL has been asked for something long: there is time for something else. */
type Meanwhile = (during: 'lookup' | 'write') => void;

/** What would become of these persons; writes nothing. */
export async function tryBatch(
  tx: TenantTx,
  order: Order,
  persons: Person[],
  meanwhile: Meanwhile,
): Promise<Verdicts> {
  const known = await whileAsked(knownLeads(tx, persons), () => meanwhile('lookup'));
  const { verdicts, met } = judge(known, order, persons);
  for (const [lead, person] of met) {
    if (decide(lead, person, 'fill')) verdicts.changes.fill += 1;
    if (decide(lead, person, 'overwrite')) verdicts.changes.overwrite += 1;
  }
  return verdicts;
}

/**
 * Writes these persons as leads, with what an undo needs. Set-based: the number of statements does not depend on how
 * many they are. Whoever writes in at the same moment waits for the commit and is found.
 */
export async function applyBatch(
  tx: TenantTx,
  order: Order,
  persons: Person[],
  meanwhile: Meanwhile,
): Promise<{ verdicts: Verdicts; problems: Problem[] }> {
  await holdNumbers(tx, persons);
  const known = await whileAsked(knownLeads(tx, persons), () => meanwhile('lookup'));
  let judged = judge(known, order, persons);
  if (judged.changed.length > 0) {
    await hold(tx, judged.changed);
    // As they are now that nobody else changes them.
    const held = judged.changed.map(({ person }) => person);
    for (const { phone } of held) known.delete(phone.key);
    for (const [key, lead] of await knownLeads(tx, held)) known.set(key, lead);
    judged = judge(known, order, persons);
  }
  const writes = () => meanwhile('write');
  if (judged.created.length > 0) await whileAsked(create(tx, order, judged.created), writes);
  if (judged.changed.length > 0) await whileAsked(change(tx, order, judged.changed), writes);
  return judged;
}

/** Tells when the question is on its way: what began before that would hold it up. */
async function whileAsked<T>(question: Promise<T>, tell: () => void): Promise<T> {
  const answer = question.then((answered) => () => answered);
  const first = await Promise.race([answer, soon()]);
  if (first) return first();
  tell();
  return (await answer)();
}

/** A batch of a gentle import: somebody who writes in waits for it only if they are in it. */
export const gentleBatch = 250;

function holdNumbers(tx: TenantTx, persons: Person[]) {
  if (persons.length > gentleBatch) return holdAllKeys(tx);
  const { tenantId } = tx;
  return holdKeys(
    tx,
    persons.map(({ phone }) => ({ tenantId, kind: 'phone', scope: '', value: phone.key })),
  );
}

type Made = { id: string; person: Person; labels: string[] };
type Changed = { before: KnownLead; after: KnownLead; person: Person; consentId: string | null };
type Named = Omit<Person, 'labels'> & { labels: string[] };
type Judged = {
  created: Made[];
  changed: Changed[];
  /** Known leads, and what the file says of them. */
  met: [KnownLead, Named][];
  verdicts: Verdicts;
  problems: Problem[];
};

function judge(known: Map<string, KnownLead>, order: Order, persons: Person[]): Judged {
  const [created, changed, problems]: [Made[], Changed[], Problem[]] = [[], [], []];
  const met: [KnownLead, Named][] = [];
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
      created.push({ id: newId(), person, labels });
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
    met.push([lead, named]);
    const after = decide(lead, named, order.onKnown);
    if (!after) {
      verdicts.unchanged += 1;
      continue;
    }
    verdicts.updated += 1;
    const consentId = changesConsent(lead, person, order.onKnown) ? newId() : null;
    changed.push({ before: lead, after, person, consentId });
  }
  return { created, changed, met, verdicts, problems };
}

/** By phone key. */
async function knownLeads({ db, tenantId }: TenantTx, persons: Person[]): Promise<Map<string, KnownLead>> {
  const keys = array(persons.map(({ phone }) => phone.key));
  // On a table that grew since it was last analysed the planner would read all of it for each batch. The search's indexes
  // note many new rows before they sort them in: see sort-in-leads.
  await db.$queryRaw`
    select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
           set_config('enable_mergejoin', 'off', true),
           case when ${persons.length > gentleBatch} then set_config('gin_pending_list_limit', '16MB', true) end`;
  const [found] = await db.$queryRaw<{ leads: (KnownLead & { key: string })[] | null }[]>`
    select json_agg(json_build_object('key', a.value, 'id', l.id, 'name', l.name, 'email', l.email, 'language', l.language,
                                      'fields', l.fields, 'labels', l.label_ids, 'consent', l.consent,
                                      'deleted', l.deleted_at is not null)) as leads
    from addresses a join leads l on l.tenant_id = a.tenant_id and l.id = a.lead_id
    where a.tenant_id = ${tenantId}::uuid and a.kind = 'phone' and a.scope = '' and a.value = any (${keys}::text[])`;
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

/** Until commit nobody else changes these leads. In a fixed order. */
const hold = ({ db, tenantId }: TenantTx, changed: Changed[]) =>
  db.$queryRaw`
    select count(*) from (
      select id from leads where tenant_id = ${tenantId}::uuid and id = any (${array(changed.map(({ before }) => before.id))}::uuid[])
      order by id for no key update) as held`;

/** New leads with their numbers, what they agreed to, and that this import made them. */
async function create({ db, tenantId }: TenantTx, { importId, fileName, actor }: Order, made: Made[]) {
  const people = made.map(({ person }) => person);
  await db.$executeRaw`
    with made as materialized (
      select * from unnest(
        ${array(made.map(({ id }) => id))}::uuid[], ${array(made.map(newId))}::uuid[], ${array(made.map(newId))}::uuid[],
        ${array(people.map(({ line }) => line))}::int[], ${array(people.map(({ name }) => name))}::text[],
        ${array(people.map(({ email }) => email))}::text[], ${array(people.map(({ language }) => language))}::text[],
        ${array(people.map(({ fields }) => JSON.stringify(fields)))}::text[],
        ${array(made.map(({ labels }) => array(labels)))}::text[],
        ${array(people.map(({ consent }) => consent?.state ?? null))}::text[],
        ${array(people.map(({ consent }) => consent?.said ?? null))}::text[],
        ${array(people.map(({ phone }) => phone.key))}::text[], ${array(people.map(({ phone }) => phone.raw))}::text[])
        as r (id, address_id, consent_id, line, name, email, language, fields, labels, consent, said, key, raw)
    ), leads as (
      insert into leads (tenant_id, id, name, email, language, fields, label_ids, consent, source)
      select ${tenantId}::uuid, id, name, email, language, fields::jsonb, labels::uuid[], coalesce(consent, 'unknown'), 'import'
      from made
    ), numbers as (
      insert into addresses (tenant_id, id, lead_id, kind, scope, value, raw)
      select ${tenantId}::uuid, address_id, id, 'phone', '', key, raw from made
    ), agreed as (
      insert into consents (tenant_id, id, lead_id, state, source, proof, actor_id, actor_name)
      select ${tenantId}::uuid, consent_id, id, consent, 'import', format('“%s” on line %s of %s', said, line, ${fileName}::text),
             ${actor.userId}::uuid, ${actor.name}
      from made where consent is not null
    )
    insert into import_rows (tenant_id, import_id, line, lead_id, before, revision)
    select ${tenantId}::uuid, ${importId}::uuid, line, id, null, 0 from made`;
}

/** Known leads as the file has them; as they were, and the revision that this import left them at. */
async function change(tx: TenantTx, order: Order, changed: Changed[]) {
  const { db, tenantId } = tx;
  await consent(tx, order, changed);
  const after = changed.map((one) => one.after);
  const images = changed.map(({ before, consentId }) => JSON.stringify({ ...before, consentId }));
  await db.$executeRaw`
    with given as materialized (
      select * from unnest(
        ${array(changed.map(({ person }) => person.line))}::int[], ${array(after.map(({ id }) => id))}::uuid[],
        ${array(after.map(({ name }) => name))}::text[], ${array(after.map(({ email }) => email))}::text[],
        ${array(after.map(({ language }) => language))}::text[],
        ${array(after.map(({ fields }) => JSON.stringify(fields)))}::text[],
        ${array(after.map(({ labels }) => array(labels)))}::text[], ${array(images)}::text[])
        as r (line, id, name, email, language, fields, labels, before)
    ), changed as (
      update leads l set name = g.name, email = g.email, language = g.language, fields = g.fields::jsonb,
                         label_ids = g.labels::uuid[], deleted_at = null
      from given g where l.tenant_id = ${tenantId}::uuid and l.id = g.id
      returning g.line, l.id, g.before, l.revision
    )
    insert into import_rows (tenant_id, import_id, line, lead_id, before, revision)
    select ${tenantId}::uuid, ${order.importId}::uuid, line, id, before::jsonb, revision from changed`;
}

async function consent(tx: TenantTx, { fileName, actor }: Order, changed: Changed[]) {
  const news = changed.flatMap(({ before, person: { line, consent: said }, consentId }) =>
    consentId === null || said === null
      ? []
      : [
          {
            ...{ tenantId: tx.tenantId, id: consentId, leadId: before.id, at: new Date() },
            ...{ state: said.state, source: 'import' as const, actor },
            proof: `“${said.said}” on line ${line} of ${fileName}`,
          },
        ],
  );
  await recordConsents(tx, news);
}
