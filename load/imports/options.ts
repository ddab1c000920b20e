import { parseArgs } from 'node:util';
import { Trouble } from '#load/house/trouble.ts';

export type ImportOptions = {
  readonly rows: number;
  /** `gentle`: as a page imports unless told otherwise, with webhooks beside it. */
  readonly pace: 'full' | 'gentle';
  /** Webhooks a second beside it. */
  readonly rate: number;
  /** How long webhooks come before the import begins, and how long each measured stretch beside it is. */
  readonly seconds: number;
  /** Of the three imports only the first, of new people. */
  readonly freshOnly: boolean;
  /** The first of the ports; otherwise somewhere free. */
  readonly port: number | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly json: string | undefined;
  /** The data folder stays, with its logs. */
  readonly keep: boolean;
};

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** What stands behind `npm run load -- import`. Throws where a number is none. */
export function readImportOptions(words: readonly string[]): ImportOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      ...{
        rows: text,
        pace: text,
        rate: text,
        seconds: text,
        port: text,
        json: text,
        keep: flag,
        fresh: flag,
      },
      env: { type: 'string', multiple: true },
    },
  });
  const pace = values.pace ?? 'full';
  if (pace !== 'full' && pace !== 'gentle') throw new Trouble('--pace is full or gentle');
  return {
    pace,
    rows: count(values.rows, 150_000),
    rate: count(values.rate, 50),
    seconds: count(values.seconds, 20),
    port: values.port === undefined ? undefined : count(values.port, 1),
    variables: Object.fromEntries((values.env ?? []).map((one) => one.split(/=(.*)/s, 2))),
    json: values.json,
    keep: values.keep ?? false,
    freshOnly: values.fresh ?? false,
  };
}

function count(given: string | undefined, usual: number): number {
  const number = Number(given ?? usual);
  if (!Number.isInteger(number) || number < 1) throw new Trouble(`“${given}” is no number of anything.`);
  return number;
}
