import { z } from 'zod';
import { limits } from '#server/whatsapp/send-request.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
// With nothing in it but names and answers it would be empty for who has given none.
const said = z
  .string()
  .trim()
  .min(1)
  .max(limits.buttonsBody)
  .refine((text) => text.replace(/\{[^{}]+\}/g, '').trim() !== '', 'There must be more than placeholders.');
const words = z.array(z.string().trim().toLowerCase().min(1).max(40)).max(50);

const option = z.object({
  id,
  title: z.string().trim().min(1).max(limits.buttonTitle),
  /** What people write instead of tapping. */
  words: words.default([]),
  goTo: id,
});

/** Offers up to three buttons and waits for one of them. */
const choice = z.object({
  type: z.literal('choice'),
  id,
  title: z.string(),
  say: said,
  options: z.array(option).min(1).max(limits.buttons),
});

/** Asks for something, checks it, and keeps it under `label`. */
const ask = z.object({
  type: z.literal('ask'),
  id,
  title: z.string(),
  say: said,
  label: z.string().min(1).max(40),
  expects: z.enum(['name', 'text', 'email', 'number']),
  /** Said when the answer is none. */
  retry: said,
  goTo: id,
});

/** Says something and goes on at once. */
const say = z.object({ type: z.literal('say'), id, title: z.string(), say: said, goTo: id });

/** Says that a person takes over, and falls silent. */
const handover = z.object({ type: z.literal('handover'), id, title: z.string(), say: said });

const step = z.discriminatedUnion('type', [choice, ask, say, handover]);

/**
 * What a bot follows. `{name}` in a text is the lead's name, `{label}` an answer; `answers` are questions that may come
 * at any step.
 */
export const scriptForm = z
  .object({
    start: id,
    steps: z.array(step).min(1).max(100),
    answers: z.array(z.object({ words, say: said })).max(50),
    /** Words that ask for a person, and the hand-over step for that and for being misunderstood. */
    person: z.object({ words, goTo: id }),
    misunderstood: said,
    /** Misunderstandings in a row before a person is called. */
    mostMisses: z.number().int().min(1).max(10),
  })
  .superRefine(({ start, steps, person }, check) => {
    const known = new Set(steps.map((one) => one.id));
    if (known.size !== steps.length)
      check.addIssue({ code: 'custom', message: 'Two steps have the same id.' });
    const targets = [start, person.goTo, ...steps.flatMap(targetsOf)];
    for (const target of targets)
      if (!known.has(target)) check.addIssue({ code: 'custom', message: `There is no step “${target}”.` });
    for (const one of steps)
      if (!lastSaid(one.id, steps))
        check.addIssue({ code: 'custom', message: `Step “${one.id}” would talk for ever.` });
    if (lastSaid(person.goTo, steps)?.type !== 'handover')
      check.addIssue({ code: 'custom', message: `Step “${person.goTo}” does not lead to a person.` });
  });

export type Script = z.infer<typeof scriptForm>;
export type Step = Script['steps'][number];

export const findStep = (script: Script, stepId: string): Step | undefined =>
  script.steps.find((one) => one.id === stepId);

function targetsOf(one: Step): string[] {
  if (one.type === 'choice') return one.options.map(({ goTo }) => goTo);
  return one.type === 'handover' ? [] : [one.goTo];
}

/** Where talking leads: the first step from here on that waits or ends; undefined when there is none. */
function lastSaid(from: string, steps: Step[]): Step | undefined {
  const seen = new Set<string>();
  let current = steps.find((one) => one.id === from);
  while (current?.type === 'say') {
    if (seen.has(current.id)) return;
    seen.add(current.id);
    const { goTo } = current;
    current = steps.find((one) => one.id === goTo);
  }
  return current;
}
