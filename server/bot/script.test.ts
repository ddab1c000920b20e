import { describe, expect, test } from 'vitest';
import { demoScript } from '#prisma/demo-script.ts';
import { scriptForm } from './script.ts';

const ask = {
  type: 'ask',
  id: 'a',
  title: 'A',
  say: 'Name?',
  label: 'Name',
  expects: 'name',
  retry: 'Again?',
  goTo: 'p',
};
const say = (id: string, goTo: string) => ({ type: 'say', id, title: id, say: `I am ${id}`, goTo });
const person = { type: 'handover', id: 'p', title: 'P', say: 'Over to a person' };
const choice = {
  type: 'choice',
  id: 'c',
  title: 'C',
  say: 'Which?',
  options: [{ id: 'x', title: 'X', goTo: 'p' }],
};
const script = (steps: object[], part: object = {}) => ({
  ...{
    start: 'a',
    steps,
    answers: [],
    person: { words: [], goTo: 'p' },
    misunderstood: 'What?',
    mostMisses: 2,
  },
  ...part,
});
const complaints = (given: object) =>
  scriptForm.safeParse(given).error?.issues.map(({ message }) => message) ?? [];

test('the demo world’s script is in order', () => {
  expect(complaints(demoScript('Acme'))).toEqual([]);
});

test('a script that asks, chooses, talks and hands over is in order', () => {
  expect(complaints(script([ask, choice, say('s', 'a'), person]))).toEqual([]);
});

describe('a script is refused', () => {
  test.each([
    ['when its start is nowhere', script([ask, person], { start: 'nowhere' }), 'There is no step “nowhere”.'],
    ['when a step leads nowhere', script([{ ...ask, goTo: 'gone' }, person]), 'There is no step “gone”.'],
    [
      'when a button leads nowhere',
      script([ask, { ...choice, options: [{ id: 'x', title: 'X', goTo: 'gone' }] }, person]),
      'There is no step “gone”.',
    ],
    ['when two steps have one id', script([ask, ask, person]), 'Two steps have the same id.'],
    ['when a step talks to itself', script([ask, say('s', 's'), person]), 'Step “s” would talk for ever.'],
    [
      'when two talk to each other',
      script([ask, say('s', 't'), say('t', 's'), person]),
      'Step “s” would talk for ever.',
    ],
    [
      'when asking for a person leads to none',
      script([ask, person], { person: { words: [], goTo: 'a' } }),
      'Step “a” does not lead to a person.',
    ],
    [
      'when a text may turn out empty',
      script([{ ...ask, say: ' {name} {Name} ' }, person]),
      'There must be more than placeholders.',
    ],
  ])('%s', (_, given, complaint) => {
    expect(complaints(given)).toContain(complaint);
  });

  test.each([
    ['without steps', script([])],
    [
      'with four buttons',
      script([
        ask,
        { ...choice, options: Array.from('abcd', (id) => ({ id, title: id, goTo: 'p' })) },
        person,
      ]),
    ],
    [
      'with a long button',
      script([ask, { ...choice, options: [{ id: 'x', title: 'x'.repeat(21), goTo: 'p' }] }, person]),
    ],
    ['with a long text', script([{ ...ask, say: 'x'.repeat(1025) }, person])],
    ['with an empty text', script([{ ...ask, say: '  ' }, person])],
    ['with endless patience', script([ask, person], { mostMisses: 99 })],
  ])('%s', (_, given) => {
    expect(complaints(given)).not.toEqual([]);
  });
});
