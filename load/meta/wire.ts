import type { Clock } from './clock.ts';
import { createNewest } from './newest.ts';

/** One exchange between Meta and the product. `status` is null where no answer came or none was given. */
export type Exchange = {
  readonly direction: 'to-parley' | 'from-parley';
  readonly kind: 'message' | 'status' | 'send' | 'mark-as-read' | 'verify' | 'graph' | 'webhook';
  readonly summary: string;
  readonly outcome: string;
  readonly status: number | null;
  readonly ms: number;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly request: string;
  readonly response: string;
};

/** The last exchanges, numbered. */
export type Wire = {
  record(exchange: Exchange): void;
  after(seq: number): unknown[];
  newest(): number;
  clear(): void;
};

export function createWire(clock: Clock, limit = 500, changed: () => void = () => undefined): Wire {
  const exchanges = createNewest<Exchange & { seq: number; at: number }>(limit);
  let seq = 0;
  return {
    record: (exchange) => {
      seq += 1;
      exchanges.add({ ...exchange, seq, at: clock.now() });
      changed();
    },
    after: (from) =>
      exchanges
        .items()
        .filter((exchange) => exchange.seq > from)
        .map(present),
    newest: () => seq,
    clear: () => {
      exchanges.clear();
      changed();
    },
  };
}

function present(exchange: Exchange & { seq: number; at: number }) {
  const { method, url, headers, request, response, at, ms, ...line } = exchange;
  return {
    ...line,
    at: new Date(at).toISOString(),
    ms: Math.round(ms * 10) / 10,
    detail: { method, url, headers, request: asJson(request), response: asJson(response) },
  };
}

function asJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
