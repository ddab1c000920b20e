import type { LeadField } from '#server/leads/fields.ts';

/** What a lead's line is made of. Times are UTC. */
export type ExportRow = {
  id: string;
  name: string | null;
  phones: string[];
  email: string | null;
  language: string | null;
  labels: string[];
  consent: 'unknown' | 'in' | 'out';
  consentAt: Date | null;
  consentProof: string | null;
  source: string;
  profileName: string | null;
  username: string | null;
  assignee: string | null;
  createdAt: Date;
  blockedAt: Date | null;
  fields: Record<string, string | number | boolean | null>;
};

/** A column's head as the import knows it again, and what stands in it. */
type Column = { head: string; cell: (row: ExportRow) => string | number | null };

const day = (at: Date | null) => at?.toISOString().slice(0, 19).replace('T', ' ') ?? null;
const agreed = { unknown: null, in: 'yes', out: 'no' } as const;

const standard = {
  name: { head: 'Name', cell: ({ name }) => name },
  phone: { head: 'Phone', cell: ({ phones }) => (phones[0] ? `+${phones[0].replace(/^\+/, '')}` : null) },
  email: { head: 'Email', cell: ({ email }) => email },
  language: { head: 'Language', cell: ({ language }) => language },
  labels: { head: 'Labels', cell: ({ labels }) => labels.join('; ') || null },
  consent: { head: 'Consent', cell: ({ consent }) => agreed[consent] },
  consentAt: { head: 'Consent since (UTC)', cell: ({ consentAt }) => day(consentAt) },
  consentProof: { head: 'Consent in their words', cell: ({ consentProof }) => consentProof },
  source: { head: 'Came by', cell: ({ source }) => source },
  profileName: { head: 'Name on WhatsApp', cell: ({ profileName }) => profileName },
  username: { head: 'WhatsApp user name', cell: ({ username }) => username },
  assignee: { head: 'Looked after by', cell: ({ assignee }) => assignee },
  createdAt: { head: 'Added (UTC)', cell: ({ createdAt }) => day(createdAt) },
  blockedAt: { head: 'Blocked since (UTC)', cell: ({ blockedAt }) => day(blockedAt) },
} satisfies Record<string, Column>;

/** The columns that every tenant has, in order. Own fields are `field:` and their key. */
export const standardColumns = Object.entries(standard).map(([key, { head }]) => ({ key, head }));

/** The columns of these keys, in this order; keys that are none (a field deleted meanwhile) are left out. */
export function columnsOf(keys: string[], fields: LeadField[]): Column[] {
  return keys.flatMap((key): Column[] => {
    const known = Object.entries(standard).find(([name]) => name === key);
    if (known) return [known[1]];
    const field = fields.find((one) => `field:${one.key}` === key);
    if (!field) return [];
    return [{ head: field.name, cell: ({ fields: own }) => asCell(own[field.key] ?? null) }];
  });
}

const asCell = (value: string | number | boolean | null) =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
