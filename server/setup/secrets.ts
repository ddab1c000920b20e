import type { Interface } from 'node:readline';
import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';
import { Refusal } from '#server/refusal.ts';

export type Ask = (variable: string, what: string) => Promise<string>;

type Sources = {
  environment: Record<string, string | undefined>;
  input: Readable & { isTTY?: boolean };
  /** Where a person is asked. */
  say: (text: string) => void;
};

/**
 * Asks for secrets: the environment's variable, else a terminal (nothing is shown), else the next line of stdin.
 * Throws Refusal when there is none.
 */
export function secretReader({ environment, input, say }: Sources): Ask {
  let lines: AsyncIterator<string> | undefined;
  return async (variable, what) => {
    const given = environment[variable];
    if (given) return given;
    if (input.isTTY) {
      say(`${what}: `);
      const typed = await hidden(input);
      say('\n');
      if (typed) return typed;
    } else {
      lines ??= createInterface({ input })[Symbol.asyncIterator]();
      const { value, done } = await lines.next();
      if (!done && value) return value;
    }
    throw new Refusal('bad-input', 'secret', `${what} is missing: set ${variable}, or write it to stdin.`);
  };
}

function hidden(input: Readable): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader: Interface = createInterface({ input, output: nowhere, terminal: true });
  return new Promise((resolve) => {
    reader.once('line', (line) => {
      resolve(line);
      reader.close();
    });
    // Ctrl-C and the end of the input: nothing was typed
    reader.once('SIGINT', () => reader.close());
    reader.once('close', () => resolve(''));
  });
}
