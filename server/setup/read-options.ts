import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Refusal } from '#server/refusal.ts';

const words = z.string().trim().min(1, 'must not be empty').max(120, 'is longer than 120 characters');
const email = z.string().trim().toLowerCase().pipe(z.email('is no e-mail address'));
const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'takes up to 63 small letters, digits and hyphens, no hyphen first');
const id = z.string().regex(/^\d{1,32}$/, 'takes digits, as Meta shows it');

/** What each command takes. `true` in the command line is an option without a value. */
export const forms = {
  superadmin: z.object({ email, name: words }),
  login: z.object({ email }),
  tenant: z.object({
    slug,
    name: words,
    'owner-email': email,
    'owner-name': words,
    'time-zone': z.string().refine(isTimeZone, 'is no time zone, such as Europe/Madrid').default('UTC'),
  }),
  channel: z.object({
    tenant: slug,
    'waba-id': id,
    'phone-number-id': id,
    'portfolio-id': id,
    key: z
      .string()
      .regex(/^[a-z0-9-]{1,64}$/, 'takes up to 64 small letters, digits and hyphens')
      .optional(),
    bot: z.enum(['on', 'off'], 'is on or off').optional(),
    'own-app': z.literal(true).optional(),
  }),
  reader: z.object({}),
};
export type Command = keyof typeof forms;
export type Options<C extends Command> = z.infer<(typeof forms)[C]>;

export const usage = `npm run setup -- superadmin --email ADDRESS --name NAME
npm run setup -- tenant --slug SLUG --name NAME --owner-email ADDRESS --owner-name NAME [--time-zone Europe/Madrid]
npm run setup -- channel --tenant SLUG --waba-id ID --phone-number-id ID --portfolio-id ID [--bot on|off] [--own-app [--key KEY]]
npm run setup -- login --email ADDRESS
npm run setup -- reader
Passwords, tokens and secrets are asked for, or read from the environment (docs/operate.md); never from here, where others can see them.`;

/** A command's options from the command line. Throws Refusal, with a line for each that is wrong. */
export function readOptions<C extends Command>(command: C, args: readonly string[]): Options<C> {
  const form: z.ZodObject = forms[command];
  const names = Object.keys(form.shape);
  const options = Object.fromEntries(
    names.map((name) => [name, { type: name === 'own-app' ? ('boolean' as const) : ('string' as const) }]),
  );
  const { values, tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const strange = tokens.flatMap((token) =>
    token.kind === 'option' && names.includes(token.name)
      ? []
      : [token.kind === 'option' ? token.rawName : 'value' in token ? 'a word without an option' : '--'],
  );
  const parsed = forms[command].safeParse(values);
  const wrong = parsed.error?.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return values[name] === undefined ? `--${name} is missing.` : `--${name} ${message}.`;
  });
  const problems = [...strange.map((what) => `${command} does not take ${what}.`), ...(wrong ?? [])];
  if (!parsed.success || problems.length > 0)
    throw new Refusal('bad-input', 'options', [...new Set(problems), usage].join('\n'));
  return parsed.data as Options<C>;
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
