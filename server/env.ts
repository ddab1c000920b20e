import { z } from 'zod';

const whole = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

/** To which paths are joined, so without a slash at its end. */
const origin = () =>
  z
    .url({ protocol: /^https?$/, error: 'expected an address that begins with http:// or https://' })
    .transform((given) => given.replace(/\/+$/, ''));

const addressOfDatabase =
  'expected postgres://user:password@host:5432/database, special characters of the password percent-encoded';
const database = () =>
  z
    .url({ protocol: /^postgres(ql)?$/, error: addressOfDatabase, abort: true })
    .refine((given) => new URL(given).hostname && new URL(given).pathname.length > 1, addressOfDatabase);

const encryptionKey = (otherwise = 'expected 32 bytes in base64') =>
  z.base64(otherwise).refine((key) => Buffer.from(key, 'base64').length === 32, otherwise);

/** Every setting, as `.env.example` explains them. An empty one counts as not given. */
const settings = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  DATABASE_URL: database().optional(),
  DATABASE_REPLICA_URL: database().optional(),
  AUTH_SECRET: z.string().min(16, 'expected 16 characters or more').optional(),
  ENCRYPTION_KEY: encryptionKey().optional(),
  /** What may have sealed something before it, in any order. */
  ENCRYPTION_KEYS_OLD: z
    .string()
    .default('')
    .transform((given) => given.split(',').flatMap((key) => key.trim() || []))
    .pipe(z.array(encryptionKey('expected keys of 32 bytes in base64, separated by commas'))),
  APP_URL: origin().default('http://localhost:3000'),
  /** Who may connect to the web process; 0.0.0.0 behind a proxy or in a container. */
  LISTEN_HOST: z
    .union([z.literal('localhost'), z.ipv4(), z.ipv6()], {
      error: 'expected an IP address of this machine, 0.0.0.0 for all of them, or localhost',
    })
    .default('127.0.0.1'),
  PORT: whole(3000, 1, 65_535),
  /** Health and metrics of a worker that was started by itself; none unless given. */
  WORKER_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  META_PORT: whole(3100, 1, 65_535),
  PGPORT: whole(54_329, 1, 65_535),
  META_APP_ID: z.string().optional(),
  META_APP_SECRET: z.string().optional(),
  META_VERIFY_TOKEN: z.string().optional(),
  META_SIGNUP_CONFIG_ID: z.string().optional(),
  GRAPH_API_URL: origin().default('https://graph.facebook.com'),
  GRAPH_API_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default('v25.0'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'expected smtp://user:password@host:587' }).optional(),
  /** Whose letters they are; by default the SMTP login, where that is an address. */
  MAIL_FROM: z.email('expected an e-mail address').optional(),
  TRUST_PROXY: whole(0, 0, 10),
  METRICS_TOKEN: z.string().min(8).optional(),
  WEB_PROCESSES: whole(1, 1, 64),
  WORKER_PROCESSES: whole(1, 1, 64),
  DB_POOL_SIZE: whole(10, 2, 200),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** The demo world's logins are accepted in production only with this. */
  PARLEY_DEMO: z.enum(['0', '1']).default('0'),
  /** Set by `npm start`: /readyz waits for its word that everything is up. */
  PARLEY_SUPERVISED: z.enum(['0', '1']).default('0'),
  /** Set by `npm start` where it made the encryption key: a JSON file that is read again whenever it changes. */
  PARLEY_KEYS_FILE: z.string().optional(),
});

/** What each part cannot run without. What it has no use for it does not ask for. */
const needs = {
  web: ['DATABASE_URL', 'AUTH_SECRET', 'ENCRYPTION_KEY', 'META_APP_SECRET', 'META_VERIFY_TOKEN'],
  ingest: ['DATABASE_URL', 'ENCRYPTION_KEY', 'META_APP_SECRET', 'META_VERIFY_TOKEN'],
  worker: ['DATABASE_URL', 'ENCRYPTION_KEY'],
  migrate: ['DATABASE_URL', 'ENCRYPTION_KEY'],
  setup: ['DATABASE_URL', 'ENCRYPTION_KEY'],
  'rotate-key': ['DATABASE_URL', 'ENCRYPTION_KEY'],
} as const;
/** A part that has settings of its own to demand. */
export type Part = keyof typeof needs;

/** What was given. `npm start` makes what is missing. */
export type StartingEnv = z.infer<typeof settings>;
/** As a process sees it: what it cannot do without is there. */
export type Env = StartingEnv & { readonly [name in (typeof needs.web)[number]]: string };
type Source = Record<string, string | undefined>;

/** Wrong settings; each problem is one clear line for the terminal. */
export class WrongSettings extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'WrongSettings';
    this.problems = problems;
  }
}

/** The settings of a process that serves as that part. Throws WrongSettings. */
export const readEnv = (source: Source, part: Part): Env => orRefuse(parse(source, needs[part]));

/** The settings of a start, which makes what is missing. Throws WrongSettings. */
export const readStartingEnv = (source: Source): StartingEnv => parse(source, []);

let known: Env | undefined;

/** process.env, parsed once, at the first question. A wrong setting ends the process with one line each. */
export const env = (): Env => (known ??= orEnd(() => orRefuse(readStartingEnv(process.env))));

/** Ends this process with one line for each setting that this part needs and that is missing or wrong. */
export function demandSettings(part: Part): void {
  known = orEnd(() => readEnv(process.env, part));
}

function orEnd<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error;
    for (const problem of error.problems) console.error(problem);
    process.exit(1);
  }
}

/** Asking for what was not given throws WrongSettings: it is never taken for an empty one. */
function orRefuse(parsed: StartingEnv): Env {
  const must = <T>(name: string, value: T | undefined): T => {
    if (value === undefined) throw new WrongSettings([missing(name)]);
    return value;
  };
  return {
    ...parsed,
    get DATABASE_URL() {
      return must('DATABASE_URL', parsed.DATABASE_URL);
    },
    get AUTH_SECRET() {
      return must('AUTH_SECRET', parsed.AUTH_SECRET);
    },
    get ENCRYPTION_KEY() {
      return must('ENCRYPTION_KEY', parsed.ENCRYPTION_KEY);
    },
    get META_APP_SECRET() {
      return must('META_APP_SECRET', parsed.META_APP_SECRET);
    },
    get META_VERIFY_TOKEN() {
      return must('META_VERIFY_TOKEN', parsed.META_VERIFY_TOKEN);
    },
  };
}

function parse(source: Source, needed: readonly string[]): StartingEnv {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const { data, error } = settings.safeParse(filled);
  // A setting that is wrong in two ways is told once.
  const wrong = new Map(error?.issues.toReversed().map(({ path, message }) => [path.join('.'), message]));
  const problems = [
    ...needed.filter((name) => filled[name] === undefined).map(missing),
    ...[...wrong]
      .toReversed()
      .map(([name, why]) => `${name} is wrong (${why}). See .env.example for what it must be.`),
  ];
  if (!data || problems.length > 0) throw new WrongSettings(problems);
  return data;
}

const missing = (name: string) => `${name} is not set. See .env.example for what it must be.`;
