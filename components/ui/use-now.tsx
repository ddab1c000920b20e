'use client';
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { onTick, serverNow } from './clock.ts';

const RenderedAt = createContext(0);

/** `at` is when the server made the page, so that its first paint and the browser's first render say the same time. */
export function NowProvider({ at, children }: { at: number; children: ReactNode }) {
  return <RenderedAt value={at}>{children}</RenderedAt>;
}

/** Now, in steps of `step` milliseconds: a component is drawn again only when a step is over. */
export function useNow(step = 10_000): Date {
  const renderedAt = useContext(RenderedAt);
  const floor = (time: number) => Math.floor(time / step) * step;
  return new Date(
    useSyncExternalStore(
      onTick,
      () => floor(serverNow()),
      () => floor(renderedAt),
    ),
  );
}
