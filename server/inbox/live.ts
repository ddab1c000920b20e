import { listen } from '#server/realtime/listen.ts';
import type { LiveNews } from './views.ts';

// A browser that falls behind is told to fetch everything instead of a long list.
const mostIds = 200;

/** What changes in a tenant, as it happens, until the signal ends it. What gathers meanwhile comes as one piece. */
export async function* liveNews(tenantId: string, signal: AbortSignal): AsyncGenerator<LiveNews> {
  let waiting = new Set<string>();
  let everything = false;
  let wake = Promise.withResolvers<void>();
  const stop = listen(tenantId, (conversations) => {
    for (const id of conversations ?? []) waiting.add(id);
    everything ||= conversations === null || waiting.size > mostIds;
    wake.resolve();
  });
  const end = () => wake.resolve();
  signal.addEventListener('abort', end, { once: true });
  try {
    while (!signal.aborted) {
      await wake.promise;
      if (signal.aborted) return;
      const news = { conversations: everything ? null : [...waiting] };
      [waiting, everything, wake] = [new Set(), false, Promise.withResolvers()];
      yield news;
    }
  } finally {
    stop();
    signal.removeEventListener('abort', end);
  }
}
