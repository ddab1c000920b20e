import { z } from 'zod';
import { Refusal } from '#server/refusal.ts';

const quota = z.number().nullable();

/** What is wrong with it is said in words by `checkTier`. */
export const tierForm = z.object({
  name: z.string().max(1_000),
  leads: quota,
  activeConversations: quota,
  messages: quota,
  peakRate: quota,
  burst: quota,
  members: quota,
  channels: quota,
  grace: z.number(),
});
export type TierForm = z.output<typeof tierForm>;

const most = 1_000_000_000;
const whole = [
  ['leads', 'Leads', 0],
  ['activeConversations', 'Active conversations a day', 0],
  ['messages', 'Messages a day', 0],
  ['burst', 'Messages at once', 1],
  ['members', 'Members', 1],
  ['channels', 'Numbers', 0],
] as const;

/** The tier as it is kept. Throws Refusal. */
export function checkTier(form: TierForm): TierForm {
  const name = form.name.replaceAll(/\s+/g, ' ').trim();
  if (name === '' || name.length > 40) refuse('name', 'Give the tier a name of at most 40 letters.');
  for (const [field, words, least] of whole) {
    const value = form[field];
    if (value !== null && !(Number.isInteger(value) && value >= least && value <= most))
      refuse(field, `${words}: write a whole number from ${least} on, or leave it empty for no limit.`);
  }
  const { peakRate, grace } = form;
  if (peakRate !== null && !(peakRate >= 0.001 && peakRate <= 1_000_000))
    refuse('peakRate', 'Messages a second: write a number above 0, or leave it empty for no limit.');
  if (!(Number.isInteger(grace) && grace >= 0 && grace <= 100))
    refuse('grace', 'Grace: write a whole number of percent from 0 to 100.');
  return { ...form, name };
}

function refuse(field: string, words: string): never {
  throw new Refusal('bad-input', `tier-${field}`, words);
}
