/** What this tab learns of the line to the server from all that goes over it. */
const hintListeners = new Set<() => void>();
const gapListeners = new Set<() => void>();

/** Calls back when something says that the line may just have been cut, or may just be back. */
export const onHint = (listener: () => void) => add(hintListeners, listener);

/** Calls back when the line is back after a gap: what was asked before waits in vain, or for its next try. */
export const onGap = (listener: () => void) => add(gapListeners, listener);

function add(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Without the line for so long, an answer to a question may be lost. Milliseconds. */
const shortGap = 2_000;
/** And so long for something that is to be changed: it may take its time, and is not asked twice. */
const longGap = 8_000;

let untilShortGap = new AbortController();
let untilLongGap = new AbortController();

/** The line is back after so long: what was asked before would wait for an answer that is lost. */
export function lineIsBack(after: number): void {
  if (after < shortGap) return;
  untilShortGap = renewed(untilShortGap);
  if (after > longGap) untilLongGap = renewed(untilLongGap);
  for (const listener of gapListeners) listener();
}

function renewed(before: AbortController): AbortController {
  before.abort(new DOMException('The line was cut.', 'NetworkError'));
  return new AbortController();
}

/**
 * As `fetch`, but what waits for its answer while the line is cut fails once it is back, so that it can be asked again.
 * How it goes is a hint for who watches the line.
 */
export async function fetchUntilGap(
  input: RequestInfo | URL | string,
  init?: RequestInit,
): Promise<Response> {
  const given = init?.signal;
  const isQuestion = (init?.method ?? 'GET') === 'GET';
  const gap = (isQuestion ? untilShortGap : untilLongGap).signal;
  try {
    return await fetch(input, { ...init, signal: given ? AbortSignal.any([gap, given]) : gap });
  } finally {
    if (!given?.aborted) hint();
  }
}

function hint() {
  for (const listener of hintListeners) listener();
}
