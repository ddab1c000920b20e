import { z } from 'zod';
import { registry } from '#server/metrics.ts';

// Told this often without being asked, for what a killed process would take along. Milliseconds.
const tellEvery = 5_000;
// Longer than the parent waits for the slowest of its children. Milliseconds.
const patience = 4_000;

const words = z.discriminatedUnion('type', [
  z.object({ type: z.literal('keeping-counts') }),
  z.object({ type: z.literal('tell-counts'), id: z.string() }),
  z.object({ type: z.literal('all-counts'), id: z.string(), text: z.string() }),
]);

let isKept = false;
let asked = 0;
let telling = Promise.resolve();
const waiting = new Map<string, (text: string) => void>();

/**
 * From now on the parent, if it keeps the counts of several processes (`main/keep-counts.ts`), hears what this one
 * counts. Returns how to tell it a last time.
 */
export function shareCounts(): () => Promise<void> {
  process.on('message', (message) => {
    const { data } = words.safeParse(message);
    if (data?.type === 'keeping-counts' && !isKept) {
      isKept = true;
      setInterval(() => void tell(), tellEvery).unref();
    }
    if (data?.type === 'tell-counts') void tell(data.id);
    if (data?.type === 'all-counts') waiting.get(data.id)?.(data.text);
  });
  return () => (isKept ? tell() : Promise.resolve());
}

/**
 * What all processes of this start have counted, in Prometheus' text form: the same numbers whichever of them is asked.
 * Throws when the parent does not answer.
 */
export async function allCounts(): Promise<string> {
  if (!isKept) return registry.metrics();
  asked += 1;
  const id = `${process.pid}-${asked}`;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(() => reject(new Error('the counts of all processes did not come')), patience);
  waiting.set(id, resolve);
  process.send?.({ type: 'ask-counts', id }, (error: Error | null) => error && reject(error));
  return promise.finally(() => {
    clearTimeout(timer);
    waiting.delete(id);
  });
}

/** One after the other, so that an older answer never comes after a newer one. */
function tell(id?: string): Promise<void> {
  telling = telling.then(async () => {
    const counts = [await registry.getMetricsAsJSON()];
    await new Promise<void>((resolve) => {
      // Once the parent is gone nobody wants to know.
      if (process.connected) process.send?.({ type: 'counts', id, counts }, () => resolve());
      else resolve();
    });
  });
  return telling;
}
