import type { Behaviour } from './behaviour.ts';
import { chatKey } from './ledger.ts';

const day = 24 * 60 * 60 * 1000;
/** Clocks are kept for this many pairs; the longest silent go first. */
const limit = 100_000;

/** The customer service window: free-form messages only within 24 hours of the person's newest message. */
export type Windows = {
  hear(phoneNumberId: string, address: string, at: number): void;
  isOpen(phoneNumberId: string, address: string, now: number, rule: Behaviour['window']): boolean;
  clear(): void;
};

export function createWindows(): Windows {
  const heard = new Map<string, number>();
  return {
    hear: (phoneNumberId, address, at) => {
      const key = chatKey(phoneNumberId, address);
      const newest = Math.max(at, heard.get(key) ?? 0);
      heard.delete(key);
      heard.set(key, newest);
      const [longestSilent] = heard.keys();
      if (heard.size > limit && longestSilent) heard.delete(longestSilent);
    },
    isOpen: (phoneNumberId, address, now, rule) => {
      if (rule === 'off') return true;
      const at = heard.get(chatKey(phoneNumberId, address));
      return at === undefined ? rule === 'known' : now - at < day;
    },
    clear: () => heard.clear(),
  };
}
