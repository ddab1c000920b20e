import { useCallback, useSyncExternalStore } from 'react';
import { get, put } from './browser-storage.ts';

/** A text that was sent and is not known to have arrived at the server. */
export type Unsent = {
  /** The message's: sent once more it is the same one. */
  id: string;
  text: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Why not, in words; null while it is under way. */
  problem: string | null;
};

// By key, each with what it was read from: the same array as long as that is the same.
const lists = new Map<string, { raw: string; list: readonly Unsent[] }>();
const none: readonly Unsent[] = [];
const listeners = new Set<() => void>();

/** Beside the draft, and forgotten with it. */
export const unsentKey = (draft: string): string => `${draft}/unsent`;

/** Keeps it through reloads and in every tab until it is dropped; one with the same id is replaced. */
export function keepUnsent(key: string, one: Unsent): void {
  write(key, [...read(key).filter(({ id }) => id !== one.id), one]);
}

export function dropUnsent(key: string, ids: readonly string[]): void {
  const left = read(key).filter(({ id }) => !ids.includes(id));
  if (left.length < read(key).length) write(key, left);
}

export function useUnsent(key: string): readonly Unsent[] {
  const follow = useCallback(
    (listener: () => void) => {
      const onStorage = (event: StorageEvent) => {
        if (event.key !== key) return;
        parse(key, event.newValue ?? '');
        listener();
      };
      parse(key, get('localStorage', key) ?? '');
      listeners.add(listener);
      window.addEventListener('storage', onStorage);
      return () => {
        listeners.delete(listener);
        window.removeEventListener('storage', onStorage);
      };
    },
    [key],
  );
  return useSyncExternalStore(
    follow,
    () => lists.get(key)?.list ?? none,
    () => none,
  );
}

function read(key: string): readonly Unsent[] {
  const stored = get('localStorage', key);
  return stored === null ? (lists.get(key)?.list ?? none) : parse(key, stored);
}

function write(key: string, list: readonly Unsent[]): void {
  const raw = list.length > 0 ? JSON.stringify(list) : '';
  lists.set(key, { raw, list });
  put('localStorage', key, raw);
  for (const listener of listeners) listener();
}

function parse(key: string, raw: string): readonly Unsent[] {
  const known = lists.get(key);
  if (known?.raw === raw) return known.list;
  const list = raw ? listIn(raw) : none;
  lists.set(key, { raw, list });
  return list;
}

function listIn(raw: string): readonly Unsent[] {
  try {
    const found: unknown = JSON.parse(raw);
    return Array.isArray(found) ? found.filter(isUnsent) : none;
  } catch {
    return none;
  }
}

function isUnsent(value: unknown): value is Unsent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'text' in value &&
    typeof value.text === 'string' &&
    'at' in value &&
    typeof value.at === 'number' &&
    'problem' in value &&
    (value.problem === null || typeof value.problem === 'string')
  );
}
