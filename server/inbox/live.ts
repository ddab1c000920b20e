import { listen, listenForLoss } from '#server/realtime/listen.ts';
import type { LiveNews } from './views.ts';

// A browser that falls behind is told to fetch everything instead of a long list.
const mostIds = 200;
const beatEvery = 1_000;
const checkEvery = 30_000;

type Options = {
  tenantId: string;
  /** Whoever loses what one of these gives (the session, the user, the tenant) is asked about at once. */
  rests: readonly string[];
  signal: AbortSignal;
  mayStillSee: () => Promise<boolean>;
};

/**
 * What changes in a tenant, as it happens, until the signal ends it or who asks may no longer see it (signed out, no
 * member any more). What gathers meanwhile comes as one piece; each second there is at least an empty one, so that
 * silence means a dead line. NOTIFY keeps no log: what a browser missed while it was away is nowhere, so it begins by
 * fetching everything.
 */
export async function* liveNews(options: Options): AsyncGenerator<LiveNews> {
  const { tenantId, rests, signal, mayStillSee } = options;
  let waiting = new Set<string>();
  let everything = true;
  let isOver = false;
  let wake = Promise.withResolvers<void>();
  wake.resolve();
  const stop = listen(tenantId, (conversations) => {
    if (!everything) for (const id of conversations ?? []) waiting.add(id);
    everything ||= conversations === null || waiting.size > mostIds;
    wake.resolve();
  });
  const end = () => {
    isOver = true;
    wake.resolve();
  };
  const check = () => {
    mayStillSee().then(
      (may) => may || end(),
      // The database is away: whoever was allowed a moment ago stays until it can be asked.
      () => undefined,
    );
  };
  const stopLosses = listenForLoss(rests, check);
  const checking = setInterval(check, checkEvery);
  const beating = setInterval(() => wake.resolve(), beatEvery);
  signal.addEventListener('abort', end, { once: true });
  try {
    while (!signal.aborted) {
      await wake.promise;
      if (isOver || signal.aborted) return;
      const news = { conversations: everything ? null : [...waiting] };
      [waiting, everything, wake] = [new Set(), false, Promise.withResolvers()];
      yield news;
    }
  } finally {
    clearInterval(beating);
    clearInterval(checking);
    stopLosses();
    stop();
    signal.removeEventListener('abort', end);
  }
}
