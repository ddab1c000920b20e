import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from '#load/house/agent.ts';

type Import = { readonly state: string; readonly created: number; readonly failure: unknown };

const patience = 300_000;

/** Pastes so many new people, waits for the check, and runs it beside everything else. Answers how many came in. */
export async function bringIn({ query, mutate }: Agent, rows: number, first: number): Promise<number> {
  const people = Array.from(
    { length: rows },
    (_, index) => `+49152${String(first + index).padStart(7, '0')}1,Person ${first + index}`,
  );
  const { id } = await mutate<{ id: string }>('imports.paste', {
    text: ['phone,name', ...people].join('\n'),
  });
  const look = () => query<Import>('imports.get', { id });
  await until(look, 'checked');
  await mutate('imports.run', { id, onKnown: 'fill', pace: 'gentle', label: null });
  return (await until(look, 'finished')).created;
}

async function until(look: () => Promise<Import>, state: string): Promise<Import> {
  const end = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found.state === state) return found;
    if (found.failure || performance.now() > end)
      throw new Error(`an import is ${found.state}, not ${state}: ${JSON.stringify(found.failure)}`);
    await sleep(250);
  }
}
