import { type News, news } from './sim-shapes.ts';

type Listener = { onNews: (news: News) => void; onLive: (isLive: boolean) => void };

/** Keeps the stream of news open. A browser gives up after an answer that is none (a proxy's 502), so it is opened anew. */
export function listen({ onNews, onLive }: Listener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open() {
    source = new EventSource('/_sim/events');
    source.onopen = () => onLive(true);
    source.onmessage = ({ data }: MessageEvent<string>) => onNews(news.parse(JSON.parse(data)));
    source.onerror = () => {
      onLive(false);
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, 2_000);
    };
  }

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
