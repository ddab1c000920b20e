import { type News, news } from './sim-shapes.ts';

type Listener = { onNews: (news: News) => void; onLive: (isLive: boolean) => void };

/** Out of sight for so long, the line may have died in a computer's sleep without a word. Milliseconds. */
const doubtedAfter = 30_000;

/** Keeps the stream of news open. A browser gives up after an answer that is none (a proxy's 502), so it is opened anew. */
export function listen({ onNews, onLive }: Listener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hiddenAt = 0;

  function open() {
    clearTimeout(timer);
    source?.close();
    const mine = new EventSource('/_sim/events');
    source = mine;
    mine.onopen = () => onLive(true);
    mine.onmessage = ({ data }: MessageEvent<string>) => onNews(news.parse(JSON.parse(data)));
    mine.onerror = () => {
      onLive(false);
      if (mine.readyState === EventSource.CLOSED) timer = setTimeout(open, 2_000);
    };
  }

  function look() {
    if (document.visibilityState === 'hidden') hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > doubtedAfter) open();
  }

  open();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    clearTimeout(timer);
    source?.close();
  };
}
