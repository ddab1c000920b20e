import { useCallback, useSyncExternalStore } from 'react';
import { get, put, removeAll } from './browser-storage.ts';
import { type Draft, followKept, withoutSent } from './draft-news.ts';

/**
 * Unsent text, per tenant, member and conversation. What is typed in a tab is that tab's own and outlives a reload
 * (session storage). The latest of all tabs is kept for whoever opens the conversation next (local storage); they have
 * it on loan: it goes when it is sent elsewhere, and becomes theirs with the first key.
 *
 * Local storage is a tab's own copy of it, which others' writes reach late: what it says last need not be what it
 * holds. So a tab that sends tells the others which text has gone, and none infers it from what was removed.
 */
const prefix = 'parley-draft/';
/** Written when one signs out, so that other tabs forget theirs too. */
const forgotten = 'parley-drafts-forgotten';

type Sent = { key: string; text: string };

const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();
let otherTabs: BroadcastChannel | undefined;

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

/** It is on its way: also from a tab that is this one's copy, and from those that have it on loan. */
export function emptySentDraft(key: string): void {
  const sent: Sent = { key, text: readDraft(key) };
  writeDraft(key, '');
  otherTabs?.postMessage(sent);
}

export function useDraft(key: string): string {
  const follow = useCallback(
    (listener: () => void) => {
      open(key);
      listeners.add(listener);
      hearOtherTabs();
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

function hearOtherTabs(): void {
  if (otherTabs) return;
  otherTabs = new BroadcastChannel('parley-drafts');
  otherTabs.addEventListener('message', ({ data }: MessageEvent<Sent>) => onSent(data));
  window.addEventListener('storage', onStorage);
}

/** Another tab has changed the text that is kept, or forgotten all. */
function onStorage({ key, newValue }: StorageEvent): void {
  if (key === forgotten) forgetHere();
  const draft = drafts.get(key ?? '');
  if (key === null || !draft?.text) return;
  const next = followKept(draft, newValue);
  if (next === draft && newValue === null) put('localStorage', key, draft.text);
  replace(key, next);
}

function onSent({ key, text }: Sent): void {
  const draft = drafts.get(key);
  if (!draft?.text) return;
  const next = withoutSent(draft, text);
  if (next === draft) return;
  put('sessionStorage', key, '');
  // Put back by this tab, where the removal was heard before the reason.
  if (get('localStorage', key) === text) put('localStorage', key, '');
  replace(key, next);
}

function replace(key: string, next: Draft): void {
  if (drafts.get(key) === next) return;
  drafts.set(key, next);
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function forgetHere(): void {
  drafts.clear();
  removeAll('sessionStorage', prefix);
  tell();
}
