import type { Progress } from '#components/trpc/types.ts';
import { phoneWords } from '#components/ui/phone-words.ts';
import { zoneWords } from '#components/ui/time-words.ts';

export type StepId = Progress['steps'][number]['id'];
export type StepState = Progress['steps'][number]['state'];
export type ShownStep = { id: StepId; title: string; detail: string; state: StepState };

/** What each step is called, and about how many minutes it takes. */
export const stepWords: Record<StepId, { title: string; minutes: number }> = {
  business: { title: 'Your business', minutes: 1 },
  number: { title: 'Connect a number', minutes: 10 },
  leads: { title: 'Bring your leads', minutes: 1 },
  script: { title: 'Switch on the bot', minutes: 2 },
  test: { title: 'Send a test message', minutes: 1 },
};
export const stepIds = Object.keys(stepWords) as StepId[];

const whatFor: Record<StepId, string> = {
  business: 'Name, time zone, language',
  number: 'From your Meta account',
  leads: 'From a file, or later',
  script: 'Start from a script',
  test: 'And see it answered',
};

/** Before there is a tenant: everything is ahead. */
export const newSteps: ShownStep[] = stepIds.map((id) => ({
  ...{ id, title: stepWords[id].title, state: 'open' },
  detail: whatFor[id],
}));

/** The steps as the list shows them: what is done says what there is now. */
export function shownSteps(progress: Progress, business: { name: string; timeZone: string }): ShownStep[] {
  const { number, script, answer, demo } = progress;
  const has: Record<StepId, string> = {
    business: `${business.name}, ${zoneWords(business.timeZone)}`,
    number: number ? `${phoneWords(number.phone)}, ${number.name}` : '',
    leads: 'Some are here',
    script: script ?? '',
    test: answer?.byBot ? 'The bot answered' : 'Answered',
  };
  const ahead = { ...whatFor, ...(demo && { number: 'A demo number, or your own' }) };
  return progress.steps.map(({ id, state }) => ({
    ...{ id, state, title: stepWords[id].title },
    detail: state === 'done' ? has[id] : state === 'skipped' ? 'Put off' : ahead[id],
  }));
}

/** "2 of 5 steps done, about 10 minutes left" */
export function progressWords(steps: readonly ShownStep[], isDemo: boolean): string {
  const open = steps.filter(({ state }) => state === 'open');
  const done = `${steps.length - open.length} of ${steps.length} steps done`;
  if (open.length === 0) return done;
  const minutes = open.reduce(
    (sum, { id }) => sum + (isDemo && id === 'number' ? 1 : stepWords[id].minutes),
    0,
  );
  return `${done}, about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left`;
}
