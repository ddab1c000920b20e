import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demoScript } from '#prisma/demo-script.ts';
import { limits } from '#server/whatsapp/send-request.ts';
import { type Heard, nextStep, type RunState } from './next-step.ts';
import { scriptForm } from './script.ts';

const script = demoScript('Acme');
const heard = (text: string, part: Partial<Heard> = {}): Heard => ({
  text,
  replyId: null,
  leadName: 'Alex',
  ...part,
});
const at = (step: string, part: Partial<RunState> = {}): RunState => ({
  step,
  answers: {},
  misses: 0,
  ...part,
});

/** The steps that a talk goes through, with how each turn ended. */
function talk(...said: (string | Heard)[]) {
  let state: RunState | null = null;
  return said.map((one) => {
    const turn = nextStep(script, state, typeof one === 'string' ? heard(one) : one);
    state = turn.state;
    return `${turn.outcome} ${turn.state.step}`;
  });
}

test('the first message, whatever it says, is greeted by name', () => {
  const turn = nextStep(script, null, heard('???'));
  expect(turn).toMatchObject({ outcome: 'answered', state: at('welcome') });
  expect(turn.says).toMatchObject([
    { kind: 'buttons', body: 'Hi Alex, this is Acme’s assistant. What can I do for you?' },
  ]);
});

test('who has no name is greeted without one, and without a gap', () => {
  expect(nextStep(script, null, heard('Hi', { leadName: null })).says[0]?.body).toMatch(/^Hi, this is Acme/);
});

test.each([
  [
    ['Hi', 'Get a quote', 'Ana Silva', 'thanks'],
    ['answered welcome', 'answered name', 'answered more', 'misunderstood more'],
  ],
  [
    ['Hi', heard('', { replyId: 'quote' })],
    ['answered welcome', 'answered name'],
  ],
  [
    ['Hi', 'PRICE please!'],
    ['answered welcome', 'answered name'],
  ],
  [
    ['Hi', 'the priceless thing'],
    ['answered welcome', 'misunderstood welcome'],
  ],
  [
    ['Hi', 'When are you open?'],
    ['answered welcome', 'answered more'],
  ],
  [
    ['Hi', 'quote', 'are you open on sundays?'],
    ['answered welcome', 'answered name', 'answered name'],
  ],
  [
    ['Hi', 'blue', 'green'],
    ['answered welcome', 'misunderstood welcome', 'handed-over person'],
  ],
  [
    ['Hi', 'blue', 'quote', 'x'],
    ['answered welcome', 'misunderstood welcome', 'answered name', 'misunderstood name'],
  ],
  [
    ['Hi', 'quote', '', ''],
    ['answered welcome', 'answered name', 'misunderstood name', 'handed-over person'],
  ],
  [['I want a human'], ['handed-over person']],
  [
    ['Hi', 'quote', 'somebody please'],
    ['answered welcome', 'answered name', 'handed-over person'],
  ],
  [
    ['I want a human', 'Hi'],
    ['handed-over person', 'answered welcome'],
  ],
])('%j leads through %j', (said, steps) => {
  expect(talk(...said)).toEqual(steps);
});

test('an answer is kept under its label and said again', () => {
  const turn = nextStep(script, at('name'), heard('I am Ana'));
  expect(turn.state.answers).toEqual({ Name: 'Ana' });
  expect(turn.says[0]?.body).toBe('Thank you, Ana. We prepare your quote and write to you here.');
});

test('a step that the script lacks begins it anew, answers kept', () => {
  const turn = nextStep(script, at('gone', { answers: { Name: 'Ana' } }), heard('Hi'));
  expect(turn.state).toEqual(at('welcome', { answers: { Name: 'Ana' } }));
});

describe('words are matched as words', () => {
  const asking = (words: string[], title = 'Zzz') =>
    scriptForm.parse({
      ...script,
      start: 'c',
      answers: [],
      person: { words: [], goTo: 'person' },
      steps: [
        {
          type: 'choice',
          id: 'c',
          title: 'C',
          say: 'Which?',
          options: [{ id: 'x', title, words, goTo: 'person' }],
        },
        { type: 'handover', id: 'person', title: 'P', say: 'Bye' },
      ],
    });
  test.each([
    ['yes', 'YES!', true],
    ['yes', 'yes, of course', true],
    ['yes', 'yesterday', false],
    ['of course', 'well, of  course.', true],
    ['हाँ', 'जी हाँ', true],
    ['ह', 'हाँ', false],
    ['👍', '👍', true],
    ['👍', 'hello!', false],
    ['?', 'What?', false],
    ['c++', 'I know c++', true],
  ])('“%s” in “%s”: %s', (word, text, found) => {
    expect(nextStep(asking([word]), at('c'), heard(text)).outcome).toBe(
      found ? 'handed-over' : 'misunderstood',
    );
  });

  test('a button of signs alone is not chosen by any exclamation', () => {
    expect(nextStep(asking([], '👍'), at('c'), heard('hello!')).outcome).toBe('misunderstood');
  });
});

describe('placeholders', () => {
  const saying = (say: string) =>
    scriptForm.parse({
      ...script,
      steps: script.steps.map((step) => (step.id === 'welcome' ? { ...step, say } : step)),
    });

  test.each(['constructor', 'toString', '__proto__', 'nothing'])(
    '{%s} is nothing that somebody said',
    (label) => {
      expect(nextStep(saying(`A {${label}} b`), null, heard('Hi')).says[0]?.body).toBe('A b');
    },
  );

  test('a name that is a novel is cut to what Meta takes, and not through a sign', () => {
    const body =
      nextStep(saying('Hi {name}'), null, heard('Hi', { leadName: '😀'.repeat(3000) })).says[0]?.body ?? '';
    expect(body.length).toBeLessThanOrEqual(limits.buttonsBody);
    expect(body.isWellFormed()).toBe(true);
  });
});

describe('whatever is written, wherever the talk is', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('quote', 'person', 'open today', 'Ana'),
  );
  const said = fc.record({
    text: texts,
    replyId: fc.option(fc.oneof(fc.constantFrom('quote', 'hours', 'person'), fc.string())),
    leadName: fc.option(fc.string({ unit: 'binary', maxLength: 3000 })),
  });
  const steps = fc.constantFrom(...script.steps.map(({ id }) => id), 'gone', '', '__proto__');
  const states = fc.option(
    fc.record({
      step: steps,
      answers: fc.dictionary(fc.string(), fc.string({ maxLength: 200 })),
      misses: fc.nat(3),
    }),
  );

  test('something is said, and Meta takes it', () => {
    fc.assert(
      fc.property(states, said, (state, one) => {
        const { says } = nextStep(script, state, one);
        return (
          says.length > 0 &&
          says.every(({ kind, body }) => {
            const most = kind === 'buttons' ? limits.buttonsBody : limits.text;
            return body.trim() !== '' && body.length <= most;
          })
        );
      }),
    );
  });

  test('a talk is misunderstood at most as often in a row as the script bears, then a person comes', () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 30 }), (talked) => {
        let state: RunState | null = null;
        let misses = 0;
        for (const one of talked) {
          const turn = nextStep(script, state, one);
          misses = turn.outcome === 'misunderstood' ? misses + 1 : 0;
          if (misses >= script.mostMisses) return false;
          state = turn.state;
        }
        return true;
      }),
    );
  });

  test('the talk goes on at a step of the script', () => {
    const known = new Set(script.steps.map(({ id }) => id));
    fc.assert(fc.property(states, said, (state, one) => known.has(nextStep(script, state, one).state.step)));
  });
});

test('a button that is tapped twice asks its question again and is never the answer to it', () => {
  const tapped = heard('Get a quote', { replyId: 'quote' });
  expect(talk('Hi', tapped, tapped, 'Ana Silva')).toEqual([
    'answered welcome',
    'answered name',
    'answered name',
    'answered more',
  ]);
  expect(nextStep(script, at('name'), heard('Old offer', { replyId: 'gone' }))).toMatchObject({
    outcome: 'misunderstood',
    state: { answers: {} },
  });
});
