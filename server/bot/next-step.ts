import { limits, type OutboundContent } from '#server/whatsapp/send-request.ts';
import { readAnswer } from './read-answer.ts';
import { findStep, type Script, type Step } from './script.ts';

/** Where a conversation is; null before the first turn. `misses` counts misunderstandings in a row. */
export type RunState = { step: string; answers: Record<string, string>; misses: number };

/** What the lead wrote: the text (empty for photos and the like) and the id of a tapped button. */
export type Heard = { text: string; replyId: string | null; leadName: string | null };

export type TurnOutcome = 'answered' | 'misunderstood' | 'handed-over';

export type Turn = { says: OutboundContent[]; state: RunState; outcome: TurnOutcome };

/** One turn of the bot: what it says to one message and where that leads. Pure; says at least one thing, always. */
export function nextStep(script: Script, state: RunState | null, heard: Heard): Turn {
  const step = state && findStep(script, state.step);
  if (asksForPerson(script, heard)) return enter(script, script.person.goTo, fresh(state), heard);
  if (!state || !step || step.type === 'handover' || step.type === 'say')
    return enter(script, script.start, fresh(state), heard);

  if (step.type === 'choice') {
    const chosen = chosenOption(step, heard);
    if (chosen) return enter(script, chosen.goTo, fresh(state), heard);
  }
  // A button of an earlier message, tapped again, leads where it led then; it is never the answer to a question.
  const tapped = heard.replyId === null ? undefined : offeredOption(script, heard.replyId);
  if (tapped) return enter(script, tapped.goTo, fresh(state), heard);
  const known = answerTo(script, heard);
  if (known)
    return {
      says: [asText(fill(known.say, state, heard)), prompt(step, state, heard)],
      state: fresh(state),
      outcome: 'answered',
    };
  if (step.type === 'ask' && heard.replyId === null) {
    const answer = readAnswer(step.expects, heard.text);
    if (answer !== null) {
      const answers = { ...state.answers, [step.label]: answer };
      return enter(script, step.goTo, { ...fresh(state), answers }, heard);
    }
  }
  return misunderstand(script, step, state, heard);
}

function misunderstand(
  script: Script,
  step: Extract<Step, { type: 'choice' | 'ask' }>,
  state: RunState,
  heard: Heard,
): Turn {
  const misses = state.misses + 1;
  if (misses >= script.mostMisses) return enter(script, script.person.goTo, { ...state, misses: 0 }, heard);
  const again =
    step.type === 'ask'
      ? [asText(fill(step.retry, state, heard))]
      : [prompt({ ...step, say: script.misunderstood }, state, heard)];
  return { says: again, state: { ...state, misses }, outcome: 'misunderstood' };
}

/** Walks into a step and says what it says, on to the first one that waits or ends. */
function enter(script: Script, stepId: string, state: RunState, heard: Heard): Turn {
  const says: OutboundContent[] = [];
  let step = findStep(script, stepId);
  while (step?.type === 'say') {
    says.push(asText(fill(step.say, state, heard)));
    step = findStep(script, step.goTo);
  }
  // The script's form has checked that every target exists.
  if (!step) throw new Error(`no step ${stepId}`);
  says.push(prompt(step, state, heard));
  return {
    says,
    state: { ...state, step: step.id },
    outcome: step.type === 'handover' ? 'handed-over' : 'answered',
  };
}

function prompt(step: Step, state: RunState, heard: Heard): OutboundContent {
  const body = fill(step.say, state, heard);
  if (step.type !== 'choice') return asText(body);
  const buttons = step.options.map(({ id, title }) => ({ id, title }));
  return { kind: 'buttons', body: clip(body, limits.buttonsBody), buttons };
}

const asText = (body: string): OutboundContent => ({ kind: 'text', body: clip(body, limits.text) });

/** Names and answers that people gave can make a text longer than Meta takes. */
const clip = (body: string, most: number) =>
  body.length <= most ? body : `${body.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;

const fresh = (state: RunState | null): RunState => ({ step: '', answers: {}, ...state, misses: 0 });

function chosenOption(step: Extract<Step, { type: 'choice' }>, { text, replyId }: Heard) {
  return (
    step.options.find(({ id }) => id === replyId) ??
    step.options.find(({ title, words }) => says(text, [title.toLowerCase(), ...words]))
  );
}

const offeredOption = (script: Script, replyId: string) =>
  script.steps
    .flatMap((step) => (step.type === 'choice' ? step.options : []))
    .find(({ id }) => id === replyId);

const asksForPerson = (script: Script, { text }: Heard) => says(text, script.person.words);

const answerTo = (script: Script, { text }: Heard) => script.answers.find(({ words }) => says(text, words));

/** Whether a text has one of these words or phrases in it, as whole words, in any case; a mere sign must be all of it. */
function says(text: string, phrases: string[]): boolean {
  const words = ` ${wordsOf(text)} `;
  return phrases.some((phrase) => {
    const wanted = wordsOf(phrase);
    return wanted === '' ? phrase.trim() === text.trim() : words.includes(` ${wanted} `);
  });
}

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

/** Puts names and answers into a text; an unknown one leaves nothing but tidy spaces. */
function fill(text: string, { answers }: RunState, { leadName }: Heard): string {
  return (
    text
      .replace(
        /\{([^{}]+)\}/g,
        (_, label: string) =>
          (Object.hasOwn(answers, label) ? answers[label] : label === 'name' ? leadName : null) ?? '',
      )
      // Runs first: the other way round a long one would be walked through from each of its spaces.
      .replace(/ {2,}/g, ' ')
      .replace(/ ([,.!?])/g, '$1')
      .trim()
  );
}
