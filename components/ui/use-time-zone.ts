'use client';
import { useHydrated } from './use-hydrated.ts';

/** The zone of the clock that somebody sits before; UTC until the page listens. For times that belong to no tenant. */
export function useTimeZone(): string {
  return useHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC';
}
