import type { Action } from './actions.tsx';
import { singleKeysAreOn } from './single-keys.ts';

/** Two keys after another count as one word ("g i") if the second comes within this time. */
const together = 1_000;
/** Closed, but on the page for some frames more (many on a busy machine): who presses the next key has done with it. */
const closing = '[data-closed]';

/** Runs the action whose keys were pressed. Whoever types, or has a dialog or a menu open, is left alone. */
export function keyListener(actions: () => Action[]): (event: KeyboardEvent) => void {
  let first: { key: string; at: number } | null = null;
  return (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey || event.repeat) return;
    const mod = event.metaKey || event.ctrlKey;
    const key = mod ? `mod+${event.key.toLowerCase()}` : event.key;
    if (!mod && (isTyping(event.target) || isCovered() || !singleKeysAreOn())) return;
    const offered = actions();
    const both = first && event.timeStamp - first.at < together ? `${first.key} ${key}` : null;
    const action = offered.find(({ keys }) => keys === both) ?? offered.find(({ keys }) => keys === key);
    first = action ? null : { key, at: event.timeStamp };
    if (!action) return;
    event.preventDefault();
    action.run();
  };
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.closest(closing)) return false;
  return target.closest('input, textarea, select, [contenteditable]') !== null;
}

function isCovered(): boolean {
  const covers = document.querySelectorAll('[role="dialog"], [role="alertdialog"], [role="menu"]');
  return [...covers].some((cover) => !cover.closest(closing));
}
