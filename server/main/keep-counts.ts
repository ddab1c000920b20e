import { AggregatorRegistry } from 'prom-client';
import { z } from 'zod';

const metric = z.looseObject({ name: z.string(), type: z.unknown(), values: z.array(z.unknown()) });
const words = z.discriminatedUnion('type', [
  z.object({ type: z.literal('counts'), id: z.string().optional(), counts: z.array(z.array(metric)) }),
  z.object({ type: z.literal('ask-counts'), id: z.string() }),
]);

/** What one process counted, as prom-client tells it in JSON. */
type Counts = object[];

// Beyond as many they are added up.
const mostDeparted = 10;

/** A process with an ipc channel. */
type Child = {
  readonly connected: boolean;
  send(message: object, sent: () => void): unknown;
  on(event: 'message' | 'disconnect', listener: (message: unknown) => void): unknown;
};

export type CountsKeeper = {
  /** Counts this child in, from now to its end and beyond. */
  readonly join: (child: Child) => void;
  /** What each process counted, as fresh as it answers, and what those that are gone had counted. */
  readonly gather: () => Promise<Counts[]>;
};

type Options = {
  /** How long a process that is busy is waited for; then counts what it told last. Milliseconds. */
  readonly patience?: number;
  /** Passes the question on to who knows of more processes than these. Its answer comes back through `send`. */
  readonly passOn?: (question: object) => boolean;
};

/**
 * Keeps what several processes count, so that each of them can print the sum (`process/counts.ts` is their side). What
 * counts upwards never falls: a process that dies leaves behind what it told last.
 */
export function keepCounts({ patience = 2_000, passOn }: Options = {}): CountsKeeper {
  const last = new Map<Child, Counts[]>();
  const waiting = new Map<string, (child: Child) => void>();
  let departed: Counts[] = [];
  let isFolding = false;
  let asked = 0;

  function join(child: Child): void {
    last.set(child, []);
    send(child, { type: 'keeping-counts' });
    child.on('message', (message: unknown) => {
      const { data } = words.safeParse(message);
      if (data?.type === 'ask-counts' && !passOn?.(data)) void answer(child, data.id);
      if (data?.type !== 'counts' || !last.has(child)) return;
      last.set(child, data.counts);
      waiting.get(data.id ?? '')?.(child);
    });
    // Later than its end: by then everything that it said was heard.
    child.on('disconnect', () => {
      departed.push(...(last.get(child) ?? []).map(whatOnlyGrows));
      last.delete(child);
      for (const heard of waiting.values()) heard(child);
      if (departed.length > mostDeparted && !isFolding) void fold();
    });
  }

  async function fold(): Promise<void> {
    isFolding = true;
    const some = [...departed];
    const one = await AggregatorRegistry.aggregate(some).getMetricsAsJSON();
    departed = [one, ...departed.slice(some.length)];
    isFolding = false;
  }

  async function gather(): Promise<Counts[]> {
    asked += 1;
    const id = `${process.pid}-${asked}`;
    const silent = new Set([...last.keys()].filter(({ connected }) => connected));
    const { promise, resolve } = Promise.withResolvers<void>();
    const hear = (child?: Child) => {
      if (child) silent.delete(child);
      if (silent.size === 0) resolve();
    };
    waiting.set(id, hear);
    const timer = setTimeout(resolve, patience);
    for (const child of silent) send(child, { type: 'tell-counts', id });
    hear();
    await promise;
    clearTimeout(timer);
    waiting.delete(id);
    return [...[...last.values()].flat(), ...departed];
  }

  async function answer(child: Child, id: string): Promise<void> {
    const text = await AggregatorRegistry.aggregate(await gather()).metrics();
    send(child, { type: 'all-counts', id, text });
  }

  return { join, gather };
}

function send(child: Child, message: object): void {
  if (child.connected) child.send(message, () => {});
}

const whatOnlyGrows = (counts: Counts) =>
  counts.filter((one) => 'type' in one && (one.type === 'counter' || one.type === 'histogram'));
