import { useCallback, useSyncExternalStore } from 'react';
import { get, put, removeAll } from './browser-storage.ts';

/**
 * Unsent text, per tenant, member and conversation. What is typed in a tab is that tab's own and outlives a reload
 * (session storage). The latest of all tabs is kept for whoever opens the conversation next (local storage); they have
 * it on loan: it goes when it is sent elsewhere, and becomes theirs with the first key.
 */
const prefix = 'parley-draft/';
/** Written when one signs out, so that other tabs forget theirs too. */
const forgotten = 'parley-drafts-forgotten';

type Draft = { text: string; onLoan: boolean };

const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

export function draftKey(tenant: string, user: string, conversation: string): string {
  return `${prefix}${tenant}/${user}/${conversation}`;
}

export function readDraft(key: string): string {
  return drafts.get(key)?.text ?? '';
}

export function writeDraft(key: string, text: string): void {
  const before = readDraft(key);
  drafts.set(key, { text, onLoan: false });
  put('sessionStorage', key, text);
  // Emptied here, another tab's stays.
  if (text || get('localStorage', key) === before) put('localStorage', key, text);
  tell();
}

export function useDraft(key: string): string {
  const follow = useCallback(
    (listener: () => void) => {
      open(key);
      listeners.add(listener);
      // One and the same listener, so it is added once.
      window.addEventListener('storage', onStorage);
      return () => {
        listeners.delete(listener);
      };
    },
    [key],
  );
  return useSyncExternalStore(
    follow,
    () => readDraft(key),
    () => '',
  );
}

/** When one signs out: the next person at this computer should not find the sentences. */
export function forgetDrafts(): void {
  put('localStorage', forgotten, String(Date.now()));
  removeAll('localStorage', prefix);
  forgetHere();
}

/** Where nothing is typed here, what was left in this tab, or else in any. */
function open(key: string): void {
  if (readDraft(key)) return;
  const own = get('sessionStorage', key);
  const text = own || get('localStorage', key);
  if (text) drafts.set(key, { text, onLoan: !own });
}

/** Another tab has written a draft, or forgotten all. */
function onStorage({ key, newValue, oldValue }: StorageEvent): void {
  if (key === forgotten) forgetHere();
  const draft = drafts.get(key ?? '');
  if (key === null || !draft?.text) return;
  const sentThere = newValue === null && draft.text === oldValue;
  if (draft.onLoan || sentThere) {
    drafts.set(key, { text: newValue ?? '', onLoan: newValue !== null });
    if (sentThere) put('sessionStorage', key, '');
    tell();
  } else if (newValue === null) put('localStorage', key, draft.text);
}

function tell(): void {
  for (const listener of listeners) listener();
}

function forgetHere(): void {
  drafts.clear();
  removeAll('sessionStorage', prefix);
  tell();
}
