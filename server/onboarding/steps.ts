/** From sign-up to the first answered message, in this order. */
export const stepIds = ['business', 'number', 'leads', 'script', 'test'] as const;
export type StepId = (typeof stepIds)[number];

/** What may be put off: nothing else depends on it. */
export const skippable = ['leads'] as const satisfies readonly StepId[];

export type Step = { id: StepId; state: 'done' | 'skipped' | 'open' };

/** What there really is of a tenant. */
export type Facts = { number: boolean; leads: boolean; script: boolean; answered: boolean };

/** Where a tenant is. A tenant has said who it is by being there. What is done counts as done, skipped or not. */
export function stepsOf(facts: Facts, skipped: readonly string[]): Step[] {
  const done: Record<StepId, boolean> = {
    ...{ business: true, number: facts.number, leads: facts.leads },
    ...{ script: facts.script, test: facts.answered },
  };
  return stepIds.map((id) => ({
    id,
    state: done[id] ? 'done' : skipped.includes(id) && isSkippable(id) ? 'skipped' : 'open',
  }));
}

const isSkippable = (id: StepId) => (skippable as readonly StepId[]).includes(id);
