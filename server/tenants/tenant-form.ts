import { z } from 'zod';
import { Refusal } from '#server/refusal.ts';

const longestName = 80;

/** What a business is called, as people see it. */
const name = z
  .string()
  .trim()
  .min(1, 'Write the business’s name.')
  .max(longestName, `A name has at most ${longestName} characters.`)
  .refine((text) => /[\p{L}\p{N}]/u.test(text), 'A name has at least one letter or digit.')
  .refine((text) => !/\p{Cc}/u.test(text), 'A name is one line.');

const timeZone = z.string().refine(isTimeZone, 'Choose a time zone from the list.');

/** A language as BCP 47 writes it, such as "es" or "pt-BR". */
const language = z.string().refine(isLanguage, 'Choose a language from the list.');

/** What a business says about itself. */
const tenantForm = z.object({ name, timeZone, language });
export type TenantFacts = z.infer<typeof tenantForm>;

/** What a browser may send as such; `checkFacts` says in words what is wrong with it. */
export const looseTenantForm = z.object({
  name: z.string().max(1_000),
  timeZone: z.string().max(100),
  language: z.string().max(100),
});

/** The facts as they are kept. Throws Refusal with the first thing that is wrong. */
export function checkFacts(facts: TenantFacts): TenantFacts {
  const { data, error } = tenantForm.safeParse(facts);
  if (data) return data;
  const [issue] = error.issues;
  throw new Refusal(
    'bad-input',
    String(issue?.path[0] ?? 'facts'),
    issue?.message ?? 'This cannot be stored.',
  );
}

function isTimeZone(zone: string): boolean {
  // An offset such as "+01:00" is a zone for Intl, but knows no summer.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function isLanguage(tag: string): boolean {
  return /^[a-z]{2,3}(-[A-Z]{2})?$/.test(tag) && Intl.DisplayNames.supportedLocalesOf(tag).length > 0;
}
