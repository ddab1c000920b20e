'use client';
import { type RefObject, useEffect, useEffectEvent } from 'react';
import { type Chat, openChat } from './sim.ts';
import type { Bubble } from './sim-shapes.ts';
import { useOnScreen } from './use-on-screen.ts';

/** Whoever has the chat before their eyes has read it. Whether Meta tells the business is the simulator's knob. */
export function useOpenChat(chat: Chat, bubbles: readonly Bubble[], log: RefObject<Element | null>): void {
  const isSeen = useOnScreen(log);
  const unread = bubbles.filter(({ direction, status }) => direction === 'out' && status === 'delivered');
  const newest = unread.at(-1)?.id;
  const open = useEffectEvent(() => {
    // When it fails, the next message or the next look tries again.
    openChat(chat).catch(() => undefined);
  });
  useEffect(() => {
    if (isSeen && newest !== undefined) open();
  }, [isSeen, newest]);
}
