import { type News, news } from './sim-shapes.ts';

type Listener = { onNews: (news: News) => void; onLive: (isLive: boolean) => void };

/** The simulator says something each second; a stream that is silent for so long is opened anew. Milliseconds. */
const patience = 2_500;
/** A new one is given less time, so that a line that is back is soon used; more at each try, for a slow server. */
const tryFor = (tries: number) => Math.min(1_000 + 250 * tries, 4_000);

/**
 * Keeps the stream of news open. A browser waits on a dead line for ever, and gives up after an answer that is none (a
 * proxy's 502). Each stream begins with a word that says nothing: what happened before it is unknown.
 */
export function listen({ onNews, onLive }: Listener): () => void {
  let source: EventSource | undefined;
  let hasSpoken = false;
  let tries = 0;
  let heardAt = 0;

  function open() {
    source?.close();
    [hasSpoken, heardAt, tries] = [false, Date.now(), tries + 1];
    const mine = new EventSource('/_sim/events');
    source = mine;
    const hear = () => {
      if (!hasSpoken) onLive(true);
      [hasSpoken, heardAt, tries] = [true, Date.now(), 0];
    };
    mine.addEventListener('beat', hear);
    mine.onmessage = ({ data }: MessageEvent<string>) => {
      hear();
      onNews(news.parse(JSON.parse(data)));
    };
    mine.onerror = () => {
      hasSpoken = false;
      onLive(false);
    };
  }

  function look() {
    if (Date.now() - heardAt < (hasSpoken ? patience : tryFor(tries))) return;
    onLive(false);
    open();
  }

  open();
  const looking = setInterval(look, 500);
  const page = new AbortController();
  window.addEventListener('online', look, { signal: page.signal });
  document.addEventListener('visibilitychange', look, { signal: page.signal });
  return () => {
    page.abort();
    clearInterval(looking);
    source?.close();
  };
}
