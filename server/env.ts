import { z } from 'zod';

const whole = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

const url = (protocol: RegExp) => z.url({ protocol });
/** To which paths are joined, so without a slash at its end. */
const origin = () => url(/^https?$/).transform((given) => given.replace(/\/+$/, ''));

/** Every setting, as `.env.example` explains them. An empty one counts as not given. */
const settings = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  DATABASE_URL: url(/^postgres(ql)?$/),
  DATABASE_REPLICA_URL: url(/^postgres(ql)?$/).optional(),
  AUTH_SECRET: z.string().min(16),
  ENCRYPTION_KEY: z.base64().refine((key) => Buffer.from(key, 'base64').length === 32, '32 bytes in base64'),
  APP_URL: origin().default('http://localhost:3000'),
  /** Who may connect to the web process; 0.0.0.0 behind a proxy or in a container. */
  LISTEN_HOST: z.string().default('127.0.0.1'),
  PORT: whole(3000, 1, 65_535),
  /** Health and metrics of a worker that was started by itself; none unless given. */
  WORKER_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  META_PORT: whole(3100, 1, 65_535),
  PGPORT: whole(54_329, 1, 65_535),
  META_APP_ID: z.string().optional(),
  META_APP_SECRET: z.string().min(1),
  META_VERIFY_TOKEN: z.string().min(1),
  META_SIGNUP_CONFIG_ID: z.string().optional(),
  GRAPH_API_URL: origin().default('https://graph.facebook.com'),
  GRAPH_API_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default('v25.0'),
  SMTP_URL: url(/^smtps?$/).optional(),
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
});

/** What `npm start` makes itself when it is not given. */
const starting = settings.partial({
  DATABASE_URL: true,
  AUTH_SECRET: true,
  ENCRYPTION_KEY: true,
  META_APP_SECRET: true,
  META_VERIFY_TOKEN: true,
});

export type Env = z.infer<typeof settings>;
export type StartingEnv = z.infer<typeof starting>;
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

/** The settings of a process that serves. Throws WrongSettings. */
export const readEnv = (source: Source): Env => parse(settings, source);

/** The settings of a start, which makes what is missing. Throws WrongSettings. */
export const readStartingEnv = (source: Source): StartingEnv => parse(starting, source);

let known: Env | undefined;

/** process.env, parsed once, at the first question. A wrong setting ends the process with one line each. */
export function env(): Env {
  try {
    known ??= readEnv(process.env);
    return known;
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error;
    for (const problem of error.problems) console.error(problem);
    process.exit(1);
  }
}

function parse<S extends z.ZodType>(schema: S, source: Source): z.infer<S> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  // A setting that is wrong in two ways is told once.
  const firsts = new Map(result.error.issues.toReversed().map((issue) => [issue.path.join('.'), issue]));
  throw new WrongSettings(
    [...firsts].toReversed().map(([name, { message }]) => {
      const what = given[name] === undefined ? 'is not set' : `is wrong (${message})`;
      return `${name} ${what}. See .env.example for what it must be.`;
    }),
  );
}
