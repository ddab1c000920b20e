import { setTimeout as sleep } from 'node:timers/promises';
import { createLatencies, type LatencySummary } from '#load/generator/latency.ts';
import type { Agent } from '#load/house/agent.ts';

export type Browsing = { readonly pages: number; readonly latency: LatencySummary };

/** Milliseconds between one look and the next of an agent. */
const pause = 1_000;

/**
 * Agents who look at the list with its counts, open the conversation on top of it, and look at the list again, each
 * about once a second, until they are told to stop. A page is one answer that somebody waited for.
 */
export async function browse(agents: readonly Agent[], over: AbortSignal): Promise<Browsing> {
  const latencies = createLatencies();
  async function timed<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const answer = await work();
    latencies.record(performance.now() - began);
    return answer;
  }
  await Promise.all(
    agents.map(async ({ query }, index) => {
      const rest = (ms: number) => sleep(ms, undefined, { signal: over }).catch(() => undefined);
      await rest((index * pause) / agents.length);
      while (!over.aborted) {
        const [{ rows }] = await timed(() =>
          Promise.all([
            query<{ rows: { id: string }[] }>('inbox.list', { tab: 'all' }),
            query<object>('inbox.counts', {}),
          ]),
        );
        await rest(pause);
        const [top] = rows;
        if (top && !over.aborted) await timed(() => query('inbox.thread', { id: top.id }));
        await rest(pause);
      }
    }),
  );
  const latency = latencies.summary();
  return { pages: latency.count, latency };
}
