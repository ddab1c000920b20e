import { languageName } from '#components/ui/language-field.tsx';
import { nameWords } from '#components/ui/phone-words.ts';
import type { BulkView, Choices, Condition, LeadRow } from './leads.ts';

export const noName = 'No name yet';
export const sourceWords = { import: 'Import', wrote: 'Wrote in', hand: 'By hand', ad: 'Ad' } as const;
export const consentWords = { in: 'Agreed', unknown: 'Not asked', out: 'No messages' } as const;

export const countWords = ({ count, more }: { count: number; more: boolean }): string =>
  `${count.toLocaleString('en')}${more ? '+' : ''}`;
export const leadsWords = (count: number): string =>
  count === 1 ? '1 lead' : `${count.toLocaleString('en')} leads`;

export const languageWords = (tag: string | null): string => {
  if (!tag) return '';
  try {
    return languageName(tag);
  } catch {
    return tag;
  }
};

export const holderWords = (holder: LeadRow['holder']): string =>
  holder.kind === 'member' ? holder.name : holder.kind === 'bot' ? 'Bot' : 'Nobody';

/** An own field's value as it is read. */
export const valueWords = (value: unknown): string =>
  value === true
    ? 'Yes'
    : value === false
      ? 'No'
      : value === null || value === undefined
        ? ''
        : String(value);

/** "Language is Spanish or German" */
export function conditionWords(condition: Condition, { labels, fields, members }: Choices): string {
  const is = condition.not ? 'is not' : 'is';
  const named = (id: string) =>
    id === 'bot' || id === 'nobody'
      ? { bot: 'the bot', nobody: 'nobody' }[id]
      : (members.find(({ userId }) => userId === id)?.name ?? 'a former member');
  switch (condition.field) {
    case 'language':
      return `Language ${is} ${list(condition.is.map((tag) => languageWords(tag) || 'unknown'))}`;
    case 'label':
      return `Label ${is} ${list(condition.is.map((id) => labels.find((label) => label.id === id)?.name ?? (id === '' ? 'none' : 'a former label')))}`;
    case 'consent':
      return `Consent ${is} ${list(condition.is.map((state) => consentWords[state]))}`;
    case 'source':
      return `Came by ${condition.not ? 'other than ' : ''}${list(condition.is.map((source) => sourceWords[source]))}`;
    case 'holder':
      return `${condition.not ? 'Not held' : 'Held'} by ${list(condition.is.map(named))}`;
    case 'wrote':
      return condition.not ? 'Never wrote' : 'Has written';
    case 'window':
      return condition.not ? 'Window closed' : 'Window open';
    default: {
      const what =
        condition.field === 'own'
          ? (fields.find(({ key }) => key === condition.key)?.name ?? condition.key)
          : { name: 'Name', email: 'Email' }[condition.field];
      if (condition.op === 'filled') return `${what} ${is} known`;
      const op = {
        is,
        contains: condition.not ? 'does not contain' : 'contains',
        'at-least': 'is at least',
        'at-most': 'is at most',
      }[condition.op];
      return `${what} ${op} ${{ true: 'Yes', false: 'No' }[String(condition.value)] ?? nameWords(String(condition.value))}`;
    }
  }
}

const list = (words: string[]) =>
  words.length < 3 ? words.join(' or ') : `${words.slice(0, 2).join(', ')} or ${words.length - 2} more`;

/** What a bulk change is doing or has done. */
export function changeWords(change: BulkView): string {
  const { kind, name, state, meant, done, changed, restored } = change;
  if (state === 'undoing') return `Undoing: ${done.toLocaleString('en')} of ${leadsWords(changed)}`;
  if (state === 'undone') {
    const left = changed - restored;
    return left === 0
      ? `Undone for ${leadsWords(restored)}.`
      : `Undone for ${leadsWords(restored)}. ${leadsWords(left)} had been changed since and stayed as ${left === 1 ? 'it is' : 'they are'}.`;
  }
  const deed = {
    label: ['Labelling', `labelled “${name}”`],
    unlabel: ['Taking the label from', `without “${name}”`],
    assign: ['Assigning', name === null ? 'assigned to nobody' : `assigned to ${name}`],
    delete: ['Deleting', 'deleted'],
  }[kind];
  if (state !== 'finished') return `${deed[0]} ${done.toLocaleString('en')} of ${leadsWords(meant)}`;
  const already = meant - changed;
  return `${leadsWords(changed)} ${deed[1]}.${already > 0 && kind !== 'delete' ? ` ${already.toLocaleString('en')} needed no change.` : ''}`;
}
