import { describe, expect, test } from 'vitest';
import { changeWords, languageWords } from './lead-words.ts';
import type { BulkView } from './leads.ts';
import { timelineWords } from './timeline-words.ts';

const change = (more: Partial<BulkView>): BulkView => ({
  ...{ id: '', kind: 'label', name: 'Customer', state: 'finished' },
  ...{ meant: 3, done: 3, changed: 3, restored: 0, ...more },
});

test.each([
  [change({}), '3 leads labelled “Customer”.'],
  [change({ changed: 1 }), '1 lead labelled “Customer”. 2 needed no change.'],
  [change({ state: 'running', meant: 18_402, done: 1_000 }), 'Labelling 1,000 of 18,402 leads'],
  [change({ kind: 'unlabel' }), '3 leads without “Customer”.'],
  [change({ kind: 'assign', name: 'Mara' }), '3 leads assigned to Mara.'],
  [change({ kind: 'assign', name: null }), '3 leads assigned to nobody.'],
  [change({ kind: 'delete', name: null }), '3 leads deleted.'],
  [change({ state: 'undone', restored: 3 }), 'Undone for 3 leads.'],
  [
    change({ state: 'undone', restored: 1 }),
    'Undone for 1 lead. 2 leads had been changed since and stayed as they are.',
  ],
  [change({ state: 'undoing', done: 2 }), 'Undoing: 2 of 3 leads'],
])('%j is told as “%s”', (view, words) => {
  expect(changeWords(view)).toBe(words);
});

test.each([
  ['es', 'Spanish'],
  ['pt-BR', 'Brazilian Portuguese'],
  [null, ''],
  ['not a tag!', 'not a tag!'],
])('the language %j is “%s”', (tag, words) => {
  expect(languageWords(tag)).toBe(words);
});

describe('a timeline’s line', () => {
  test.each([
    ['added', 'Mara', {}, 'Mara added them by hand'],
    ['edited', 'Mara', { fields: ['Name', 'City'] }, 'Mara edited Name, City'],
    ['labelled', 'Mara', { name: 'Customer' }, 'Mara labelled them “Customer”'],
    [
      'unlabelled',
      'Mara',
      { name: 'Customer', undo: true },
      'Mara took the label “Customer” away, taking a change back',
    ],
    ['assigned', 'Mara', { name: null }, 'Mara assigned them to nobody'],
    ['restored', null, { why: 'wrote' }, 'They wrote, and are back'],
    [
      'imported',
      'Mara',
      { name: 'a.csv', line: 1200, new: false },
      'Mara imported them from a.csv, line 1,200: updated',
    ],
    ['consent-out', null, { source: 'keyword', proof: 'STOP' }, 'Said no to messages: they wrote, “STOP”'],
    ['conversation-reopened', null, { name: 'lead-wrote' }, 'The conversation opened again: they wrote'],
    ['first-message', null, { name: 'Hi' }, 'First wrote: “Hi”'],
    ['something-new', 'Mara', {}, 'Mara: something new'],
  ] as const)('%s', (kind, who, detail, words) => {
    expect(timelineWords({ kind, who, detail: { ...detail } })).toBe(words);
  });
});
