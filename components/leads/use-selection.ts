'use client';
import { useState } from 'react';
import type { LeadRow } from './leads.ts';

export type Selection = {
  ids: ReadonlySet<string>;
  /** All that match, not only those that are loaded. */
  all: boolean;
  allLoaded: boolean;
  has: (id: string) => boolean;
  toggle: (id: string, on: boolean) => void;
  toggleLoaded: (on: boolean) => void;
  selectAll: () => void;
  clear: () => void;
};

type State = { of: string; ids: ReadonlySet<string>; all: boolean };
const nothing: ReadonlySet<string> = new Set();

/** Who is chosen of a list; another list (`of`) begins with nobody. */
export function useSelection(of: string, rows: readonly LeadRow[]): Selection {
  const [state, setState] = useState<State>({ of, ids: nothing, all: false });
  const { ids, all } = state.of === of ? state : { ids: nothing, all: false };
  const set = (next: ReadonlySet<string>, isAll = false) => setState({ of, ids: next, all: isAll });
  const has = (id: string) => all || ids.has(id);
  return {
    ids,
    all,
    allLoaded: rows.length > 0 && rows.every(({ id }) => has(id)),
    has,
    toggle: (id, on) => {
      // To leave one out of all is to choose among those that are seen.
      const next = new Set(all ? rows.map((row) => row.id) : ids);
      if (on) next.add(id);
      else next.delete(id);
      set(next);
    },
    toggleLoaded: (on) => set(on ? new Set(rows.map(({ id }) => id)) : nothing),
    selectAll: () => set(new Set(rows.map(({ id }) => id)), true),
    clear: () => set(nothing),
  };
}
