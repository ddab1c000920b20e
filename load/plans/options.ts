import { parseArgs } from 'node:util';
import { Trouble } from '#load/house/trouble.ts';

export type PlansOptions = {
  /** Leads of the tenant that is searched. */
  readonly leads: number;
  /** Leads of the others in the same table. */
  readonly rest: number;
  readonly rounds: number;
  readonly json: string | undefined;
};

const text = { type: 'string' } as const;

/** What stands behind `npm run load -- plans`. Throws where a number is none. */
export function readPlansOptions(words: readonly string[]): PlansOptions {
  const { values } = parseArgs({
    args: [...words],
    options: { leads: text, rest: text, rounds: text, json: text },
  });
  const count = (given: string | undefined, usual: number) => {
    const number = Number(given ?? usual);
    if (!Number.isInteger(number) || number < 1) throw new Trouble(`“${given}” is no number of anything.`);
    return number;
  };
  return {
    leads: count(values.leads, 150_000),
    rest: count(values.rest, 4_850_000),
    rounds: count(values.rounds, 20),
    json: values.json,
  };
}
