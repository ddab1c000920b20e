'use client';
import { useState } from 'react';
import { get, put } from '#components/ui/browser-storage.ts';
import { useHydrated } from '#components/ui/use-hydrated.ts';

export const columnNames = {
  phone: 'Phone',
  email: 'Email',
  language: 'Language',
  labels: 'Labels',
  holder: 'Held by',
  consent: 'Consent',
  source: 'Came by',
  added: 'Added',
} as const;
export type Column = keyof typeof columnNames | `own:${string}`;

const usual: Column[] = ['phone', 'language', 'labels', 'holder', 'consent', 'source'];
const order = Object.keys(columnNames);
const place = (column: string) => (column.startsWith('own:') ? order.length : order.indexOf(column));

/** Which columns stand beside the name, in this browser. */
export function useColumns(tenant: string) {
  const key = `parley-lead-columns/${tenant}`;
  const hydrated = useHydrated();
  const [chosen, setChosen] = useState<Column[] | null>(null);
  const shown = chosen ?? (hydrated ? read(key) : usual);
  return {
    shown,
    toggle: (column: Column, on: boolean) => {
      const next = on
        ? [...shown, column].toSorted((a, b) => place(a) - place(b))
        : shown.filter((other) => other !== column);
      put('localStorage', key, next.join(' ') || 'none');
      setChosen(next);
    },
  };
}

function read(key: string): Column[] {
  const kept = get('localStorage', key);
  if (kept === null) return usual;
  return kept.split(' ').filter((word): word is Column => word in columnNames || word.startsWith('own:'));
}
