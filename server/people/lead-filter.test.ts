import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldsOf, readDraft } from '#components/leads/filter-fields.ts';
import { conditionWords } from '#components/leads/lead-words.ts';
import type { Choices, Condition } from '#components/leads/leads.ts';
import { asQuery, leadFilterForm } from './lead-filter.ts';

const id = '01900000-0000-7000-8000-000000000000';
const own = (kind: Choices['fields'][number]['kind']) => ({
  ...{ key: `own_${kind}`, name: `Own ${kind}`, kind, choices: ['VIP', 'Other'] },
});
const choices: Choices = {
  labels: [{ id, name: 'Customer' }],
  members: [{ userId: id, name: 'Mara' }],
  fields: [own('text'), own('number'), own('date'), own('choice'), own('boolean')],
};
const typed = { text: 'Köln', number: '12.5', date: '2026-11-28', choice: '', yes: '' };

const drafts = fieldsOf(choices).flatMap((field) =>
  field.ops.flatMap((op) =>
    (field.options ?? [{ value: typed[field.kind], label: '' }]).map(({ value }) => ({
      field,
      op: op.id,
      value,
    })),
  ),
);

test('whatever the dialog can be filled in with is a condition that the server takes as it is, and has words', () => {
  expect(drafts.length).toBeGreaterThan(100);
  for (const { field, op, value } of drafts) {
    const condition = readDraft(field, { field: field.id, op, value });
    if (!condition) expect.fail(`${field.id} ${op} ${value}`);
    expect(leadFilterForm.parse({ conditions: [condition] }).conditions).toEqual([condition]);
    expect(conditionWords(condition, choices)).not.toMatch(/undefined|null|\[object/);
  }
});

test('what is not filled in is no condition', () => {
  const fields = fieldsOf(choices);
  const name = fields.find((field) => field.id === 'name') ?? expect.fail();
  expect(readDraft(name, { field: 'name', op: 'contains', value: ' ' })).toBeUndefined();
  expect(readDraft(name, { field: 'name', op: 'nonsense', value: 'x' })).toBeUndefined();
});

test.each([
  [{ field: 'language', is: ['es', 'de'] }, 'Language is Spanish or German'],
  [{ field: 'language', is: [''], not: true }, 'Language is not unknown'],
  [{ field: 'label', is: [id] }, 'Label is Customer'],
  [{ field: 'holder', is: ['bot'], not: true }, 'Not held by the bot'],
  [{ field: 'holder', is: [id] }, 'Held by Mara'],
  [{ field: 'wrote', not: true }, 'Never wrote'],
  [{ field: 'window' }, 'Window open'],
  [{ field: 'source', is: ['import', 'ad', 'hand'] }, 'Came by Import, Ad or 1 more'],
  [{ field: 'email', op: 'filled', not: true }, 'Email is not known'],
  [{ field: 'own', key: 'own_number', op: 'at-least', value: 4 }, 'Own number is at least 4'],
  [{ field: 'own', key: 'own_boolean', op: 'is', value: 'true' }, 'Own boolean is Yes'],
])('%j reads “%s”', (condition, words) => {
  const [read] = leadFilterForm.parse({ conditions: [condition] }).conditions;
  // As it comes over the wire.
  const received: Condition = JSON.parse(JSON.stringify(read));
  expect(conditionWords(received, choices)).toBe(words);
});

test('whatever is typed is handed to PostgreSQL as text that it can hold', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\0', '\ud800', '@ana', "a'\\")),
      (search) => {
        const query = asQuery(leadFilterForm.parse({ search }));
        expect(query).not.toContain('\\u0000');
        expect(JSON.parse(query).search.isWellFormed()).toBe(true);
      },
    ),
  );
});

test.each([
  [{ conditions: [{ field: 'password', is: ['x'] }] }],
  [{ conditions: [{ field: 'label', is: ['not an id'] }] }],
  [{ conditions: [{ field: 'consent', is: ['yes'] }] }],
  [{ conditions: [{ field: 'own', key: "x' or true", op: 'filled' }] }],
  [{ conditions: [{ field: 'own', key: 'x', op: 'at-least', value: 'tomorrow' }] }],
  [{ conditions: [{ field: 'language', is: [] }] }],
  [{ join: 'none' }],
  [{ conditions: Array.from({ length: 21 }, () => ({ field: 'wrote' })) }],
])('%j is no filter', (given) => {
  expect(leadFilterForm.safeParse(given).success).toBe(false);
});
