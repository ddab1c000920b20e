'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** How the key is called that goes with K on this keyboard. */
export function useModKey(): '⌘' | 'Ctrl ' {
  return useSyncExternalStore(
    never,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl '),
    () => 'Ctrl ',
  );
}
