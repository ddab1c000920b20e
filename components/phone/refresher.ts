/**
 * Fetches again what has changed: the first time at once, afterwards one at a time with a pause between,
 * so that a thousand changes a second cost a few fetches and the last change is never missed.
 */
export function createRefresher(fetchAgain: (topic: string) => Promise<unknown>, pauseMs: number) {
  const waiting = new Map<string, boolean>();

  async function run(topic: string) {
    while (waiting.get(topic)) {
      waiting.set(topic, false);
      await fetchAgain(topic).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    waiting.delete(topic);
  }

  return (topic: string): void => {
    const isRunning = waiting.has(topic);
    waiting.set(topic, true);
    if (!isRunning) void run(topic);
  };
}
