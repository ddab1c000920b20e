import { languages } from '#components/ui/language-field.tsx';
import { consentWords, sourceWords } from './lead-words.ts';
import type { Choices, Condition } from './leads.ts';

type Op = { id: string; words: string; takes: boolean };
export type FilterField = {
  id: string;
  name: string;
  kind: 'text' | 'number' | 'date' | 'choice' | 'yes';
  ops: Op[];
  options?: { value: string; label: string }[];
};
/** What the dialog holds while one fills it in. */
export type Draft = { field: string; op: string; value: string };

const op = (id: string, words: string, takes = true): Op => ({ id, words, takes });
const isOrNot = [op('is', 'is'), op('is not', 'is not')];
const known = [op('filled', 'is known', false), op('not filled', 'is not known', false)];
const text = [op('contains', 'contains'), op('not contains', 'does not contain'), ...isOrNot, ...known];
const measured = [op('at-least', 'is at least'), op('at-most', 'is at most'), ...known];
const yesOrNo = [op('yes', 'yes', false), op('not yes', 'no', false)];

/** All that leads can be told apart by in this tenant. */
export function fieldsOf({ labels, fields, members }: Choices): FilterField[] {
  const choice = (id: string, name: string, options: { value: string; label: string }[]): FilterField => ({
    ...{ id, name, kind: 'choice', ops: isOrNot, options },
  });
  const pairs = (words: Record<string, string>) =>
    Object.entries(words).map(([value, label]) => ({ value, label }));
  return [
    choice('holder', 'Held by', [
      { value: 'nobody', label: 'Nobody' },
      { value: 'bot', label: 'The bot' },
      ...members.map(({ userId, name }) => ({ value: userId, label: name })),
    ]),
    choice('source', 'Came by', pairs(sourceWords)),
    { id: 'wrote', name: 'Has written', kind: 'yes', ops: yesOrNo },
    { id: 'window', name: '24-hour window open', kind: 'yes', ops: yesOrNo },
    { id: 'name', name: 'Name', kind: 'text', ops: text },
    { id: 'email', name: 'Email', kind: 'text', ops: text },
    choice('label', 'Label', [
      { value: '', label: 'None' },
      ...labels.map(({ id, name }) => ({ value: id, label: name })),
    ]),
    choice('language', 'Language', [
      { value: '', label: 'Unknown' },
      ...languages.map(({ tag, name }) => ({ value: tag, label: name })),
    ]),
    choice('consent', 'Consent', pairs(consentWords)),
    ...fields.map(ownField),
  ];
}

function ownField({ key, name, kind, choices }: Choices['fields'][number]): FilterField {
  const id = `own:${key}`;
  if (kind === 'boolean')
    return {
      ...{ id, name, kind: 'choice', ops: [...isOrNot, ...known] },
      options: [
        { value: 'true', label: 'Yes' },
        { value: 'false', label: 'No' },
      ],
    };
  if (kind === 'choice')
    return {
      ...{ id, name, kind, ops: [...isOrNot, ...known] },
      options: choices.map((value) => ({ value, label: value })),
    };
  return { id, name, kind, ops: kind === 'text' ? text : measured };
}

/** The condition that a filled-in dialog stands for; undefined where something is missing. */
export function readDraft(field: FilterField, draft: Draft): Condition | undefined {
  const chosen = field.ops.find(({ id }) => id === draft.op);
  if (!chosen) return undefined;
  const value = draft.value.trim();
  if (chosen.takes && value === '' && !field.options?.some((option) => option.value === '')) return undefined;
  const not = chosen.id.startsWith('not ') || chosen.id === 'is not';
  const compared = chosen.id.replace('not ', '').replace(' not', '');
  const what = field.id.startsWith('own:')
    ? { field: 'own', key: field.id.slice('own:'.length) }
    : { field: field.id };
  const how =
    field.kind === 'yes'
      ? {}
      : field.kind === 'choice' && what.field !== 'own'
        ? { is: [value] }
        : chosen.takes
          ? { op: compared, value: field.kind === 'number' ? Number(value) : value }
          : { op: compared };
  // The cast: the fields above and the server's form say the same; the server reads it by its form.
  return { ...what, ...how, ...(not && { not: true }) } as Condition;
}
