import { parseArgs } from 'node:util';

/** A mistake of whoever called; said in one line. */
export class WrongUse extends Error {}

/** What stands behind `npm run load --`. Undefined: the scenario's own choice. */
export type Options = {
  readonly scenario: string;
  readonly seconds: number | undefined;
  readonly warmup: number;
  readonly rate: number | undefined;
  readonly scale: number;
  readonly connections: number | undefined;
  readonly perWebhook: number;
  readonly backlog: number | undefined;
  readonly leads: number | undefined;
  readonly timeout: number;
  readonly seed: number;
  readonly door: 'ingest' | 'web' | undefined;
  readonly doors: number;
  readonly workers: number | undefined;
  readonly channels: number | undefined;
  readonly port: number | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly commit: string | undefined;
  readonly target: string | undefined;
  readonly secret: string | undefined;
  readonly database: string | undefined;
  readonly countSql: string | undefined;
  readonly numbers: readonly string[];
  readonly json: string | undefined;
  readonly force: boolean;
  readonly patience: number;
  readonly leastSyncs: number;
  readonly keep: boolean;
};

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const shape = {
  ...{ seconds: text, warmup: text, rate: text, scale: text, connections: text, 'per-webhook': text },
  ...{ backlog: text, leads: text, timeout: text, seed: text, door: text, doors: text, workers: text },
  ...{ channels: text, port: text, commit: text, target: text, secret: text, database: text },
  ...{
    'count-sql': text,
    'least-syncs': text,
    json: text,
    patience: text,
    scenario: text,
    force: flag,
    keep: flag,
  },
  env: { type: 'string', multiple: true },
  number: { type: 'string', multiple: true },
} as const;

/** Reads the words behind `npm run load --`. Throws `WrongUse`. */
export function readOptions(words: readonly string[]): Options {
  const { values, positionals } = parse(words);
  const [first, ...more] = positionals;
  if (first === undefined) throw new WrongUse('name a scenario');
  if (more.length > 0) throw new WrongUse(`"${more[0]}" is one word too many`);
  const isPeer = first === 'peer';
  if (isPeer && !values.target) throw new WrongUse('peer needs --target URL');
  const { door } = values;
  if (door !== undefined && door !== 'ingest' && door !== 'web')
    throw new WrongUse('--door is ingest or web');
  if (values.commit && values.target) throw new WrongUse('--commit and --target exclude each other');
  return {
    scenario: isPeer ? (values.scenario ?? 'ingest') : first,
    seconds: optional(values.seconds, 'seconds', 0.1),
    warmup: number(values.warmup, 'warmup', 2, 0),
    rate: optional(values.rate, 'rate', 0.1),
    scale: number(values.scale, 'scale', 1, 0.001),
    connections: whole(values.connections, 'connections'),
    perWebhook: whole(values['per-webhook'], 'per-webhook') ?? 1,
    backlog: whole(values.backlog, 'backlog'),
    leads: whole(values.leads, 'leads'),
    timeout: number(values.timeout, 'timeout', 10, 0.1),
    seed: whole(values.seed, 'seed') ?? 1,
    door,
    doors: whole(values.doors, 'doors') ?? 1,
    workers: whole(values.workers, 'workers'),
    channels: whole(values.channels, 'channels'),
    port: whole(values.port, 'port'),
    variables: Object.fromEntries((values.env ?? []).map(variable)),
    commit: values.commit,
    target: values.target && loopback(values.target),
    secret: values.secret,
    database: values.database && loopback(values.database),
    countSql: values['count-sql'],
    numbers: values.number ?? [],
    json: values.json,
    force: values.force ?? false,
    patience: number(values.patience, 'patience', 30, 0),
    leastSyncs: number(values['least-syncs'], 'least-syncs', 5_000, 0),
    keep: values.keep ?? false,
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: shape, allowPositionals: true });
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

function number(given: string | undefined, name: string, fallback: number, least: number): number {
  return optional(given, name, least) ?? fallback;
}

function optional(given: string | undefined, name: string, least: number): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!(value >= least)) throw new WrongUse(`--${name} is a number from ${least} on, not "${given}"`);
  return value;
}

function whole(given: string | undefined, name: string): number | undefined {
  const value = optional(given, name, 1);
  if (value !== undefined && !Number.isInteger(value)) throw new WrongUse(`--${name} is a whole number`);
  return value;
}

function variable(given: string): [string, string] {
  const at = given.indexOf('=');
  if (at < 1) throw new WrongUse(`--env is NAME=VALUE, not "${given}"`);
  return [given.slice(0, at), given.slice(at + 1)];
}

/** A load is for this machine only: sent to anybody else it would be an attack. */
function loopback(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url) throw new WrongUse(`"${given}" is no address`);
  if (!/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname))
    throw new WrongUse(`${url.hostname} is not this machine: a load is for 127.0.0.1 only`);
  return given;
}
