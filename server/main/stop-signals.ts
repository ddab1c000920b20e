const samePressMs = 700;

/**
 * Calls `stop` at the first wish to stop: a signal, or the end of start.mjs (its channel is cut, even by kill -9).
 * A second wish calls `hurry`. Ctrl-C comes two or three times at once, from the terminal, npm and start.mjs: what
 * comes within a moment is one press.
 */
export function onStopSignals(stop: () => void, hurry: () => void): void {
  let first: number | undefined;
  const wish = () => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      stop();
    } else if (now - first > samePressMs) hurry();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, wish);
}
