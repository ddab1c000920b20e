'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False in the server's HTML, true once the page can answer a click. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
