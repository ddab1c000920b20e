'use client';
import { useState } from 'react';
import type { Filter, Sort } from './leads.ts';
import { everybody } from './queries.ts';

export type View = {
  filter: Filter;
  sort: Sort;
  /** The segment whose filter it began from. */
  segment: string | null;
};

/** What each tenant's list showed last, for whoever comes back from one lead's page. */
const shownBefore = new Map<string, View>();
const initial: View = { filter: everybody, sort: 'last', segment: null };

export function useView(tenant: string) {
  const [view, setView] = useState<View>(() =>
    typeof window === 'undefined' ? initial : (shownBefore.get(tenant) ?? initial),
  );
  function show(changed: Partial<View>) {
    const next = { ...view, ...changed };
    shownBefore.set(tenant, next);
    setView(next);
  }
  return { view, show };
}
