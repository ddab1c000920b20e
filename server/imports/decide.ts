import type { OnKnown } from './columns.ts';
import type { Person, Value } from './read-person.ts';

/** A lead as it is, as far as an import can change it. `labels`: ids. */
export type KnownLead = {
  id: string;
  name: string | null;
  email: string | null;
  language: string | null;
  fields: Record<string, Value>;
  labels: string[];
  consent: string;
  deleted: boolean;
};

/** How the lead is afterwards, or null when nothing changes. Whoever was deleted is back, whatever was chosen. */
export function decide(
  known: KnownLead,
  person: Omit<Person, 'labels'> & { labels: string[] },
  onKnown: OnKnown,
): KnownLead | null {
  const lead = { ...known, deleted: false };
  if (onKnown !== 'leave') {
    const pick = <T>(there: T | null, said: T | null) =>
      onKnown === 'fill' ? (isBlank(there) ? said : there) : isBlank(said) ? there : said;
    lead.name = pick(known.name, person.name);
    lead.email = pick(known.email, person.email);
    lead.language = pick(known.language, person.language);
    const blank = Object.fromEntries(Object.entries(known.fields).filter(([, value]) => !isBlank(value)));
    lead.fields = onKnown === 'fill' ? { ...person.fields, ...blank } : { ...known.fields, ...person.fields };
    lead.labels = [...known.labels, ...person.labels.filter((label) => !known.labels.includes(label))];
  }
  const consents = changesConsent(known, person, onKnown);
  return consents || differs(known, lead) ? lead : null;
}

/** A no always counts. A yes counts where nothing was said before: it never lifts what the person said. */
export const changesConsent = (
  known: KnownLead,
  person: Pick<Person, 'consent'>,
  onKnown: OnKnown,
): boolean =>
  (person.consent?.state === 'out' && known.consent !== 'out') ||
  (person.consent?.state === 'in' && known.consent === 'unknown' && onKnown !== 'leave');

const isBlank = (value: unknown) => value === null || value === undefined || value === '';

function differs(one: KnownLead, other: KnownLead): boolean {
  if (one.name !== other.name || one.email !== other.email || one.language !== other.language) return true;
  if (one.deleted !== other.deleted || one.labels.length !== other.labels.length) return true;
  const keys = Object.keys(other.fields);
  return (
    keys.length !== Object.keys(one.fields).length ||
    keys.some((key) => one.fields[key] !== other.fields[key])
  );
}
