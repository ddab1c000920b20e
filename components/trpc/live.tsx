'use client';
import type { TRPCClient } from '@trpc/client';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react';
import { lineIsBack, onHint } from './line.ts';
import { keepConnected } from './live-connection.ts';
import { shareStream } from './shared-stream.ts';
import type { AppRouter, LiveNews } from './types.ts';

type Listener = (news: LiveNews) => void;
type Live = { listen: (listener: Listener) => () => void; lostSince: number | null };

const LiveContext = createContext<Live>({ listen: () => () => {}, lostSince: null });

/** Calls back with every piece of news of the tenant, and with "everything" (null) after each gap: news has no log. */
export function useNews(listener: Listener): void {
  const { listen } = useContext(LiveContext);
  const hear = useEffectEvent(listener);
  useEffect(() => listen((news) => hear(news)), [listen]);
}

/** Since when (milliseconds) news may be missing; null while the stream is up. */
export function useLostSince(): number | null {
  return useContext(LiveContext).lostSince;
}

type Props = { client: TRPCClient<AppRouter>; tenant: string; user: string; children: ReactNode };

/** Holds or shares the stream of this browser for one tenant. */
export function LiveUpdates({ client, tenant, user, children }: Props) {
  const [lostSince, setLostSince] = useState<number | null>(null);
  const listeners = useRef(new Set<Listener>());
  const [listen] = useState(() => (listener: Listener) => {
    listeners.current.add(listener);
    return () => {
      listeners.current.delete(listener);
    };
  });

  useEffect(() => {
    const spread: Listener = (news) => {
      for (const listener of listeners.current) listener(news);
    };
    let since: number | null = null;
    const stream = shareStream({
      name: `parley-live/${tenant}/${user}`,
      connect: (events) => keepConnected(client, tenant, events),
      tab: {
        up: () => {
          if (since !== null) lineIsBack(Date.now() - since);
          since = null;
          setLostSince(null);
        },
        down: (from) => {
          since = from;
          setLostSince(from);
        },
        news: spread,
      },
    });
    const stopHints = onHint(stream.doubt);
    return () => {
      stopHints();
      stream.leave();
    };
  }, [client, tenant, user]);

  return <LiveContext value={{ listen, lostSince }}>{children}</LiveContext>;
}
