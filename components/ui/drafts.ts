import { useSyncExternalStore } from 'react';

/** Unsent text, kept in this browser until it is sent, per tenant, member and conversation. */
const prefix = 'parley-draft/';
const listeners = new Set<() => void>();

export function draftKey(tenant: string, user: string, conversation: string): string {
  return `${prefix}${tenant}/${user}/${conversation}`;
}

export function readDraft(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return memory.get(key) ?? '';
  }
}

export function writeDraft(key: string, text: string): void {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    memory.set(key, text);
  }
  for (const listener of listeners) listener();
}

/** Where the browser keeps nothing (private windows, a full disk), at least until the tab closes. */
const memory = new Map<string, string>();

function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Not followed across tabs: two people at one desk should not write into each other's sentence. */
export function useDraft(key: string): string {
  return useSyncExternalStore(
    onChange,
    () => readDraft(key),
    () => '',
  );
}

/** When one signs out: the next person at this computer should not find the sentences. */
export function forgetDrafts(): void {
  memory.clear();
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // Nothing is kept, so there is nothing to forget.
  }
}
