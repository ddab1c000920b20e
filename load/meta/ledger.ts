import { createNewest } from './newest.ts';

/** What the product asked for: one attempt to send, accepted or not. `answer.status` 0: it was never answered. */
export type Send = {
  readonly direction: 'out';
  readonly id: string;
  readonly phoneNumberId: string;
  /** As in the request, without `+` and punctuation; the business-scoped id for `recipient`. */
  readonly to: string;
  /** The conversation's address: see `addressOf`. */
  readonly with: string;
  readonly at: number;
  /** The request's body as it came. */
  readonly request: string;
  readonly accepted: boolean;
  answer: { status: number; body: unknown };
  status: 'refused' | 'accepted' | 'sent' | 'delivered' | 'read' | 'failed';
  failure?: { code: number; title: string };
  /** When the product answered 200 to each status, for the first time. Milliseconds since 1970. */
  readonly heard: Partial<Record<'sent' | 'delivered' | 'read' | 'failed', number>>;
};

/** What a person wrote. `delivered` once the product answered 200, `read` once the business said so. */
export type Inbound = {
  readonly direction: 'in';
  readonly id: string;
  readonly phoneNumberId: string;
  readonly with: string;
  readonly at: number;
  /** The message object of the webhook, as JSON. */
  readonly message: string;
  status: 'sent' | 'delivered' | 'read';
};

export type Entry = Send | Inbound;

/** Everything said, oldest first; the newest `limit` entries are kept. */
export type Ledger = {
  add(entry: Entry): void;
  sends(): Iterable<Send>;
  chat(phoneNumberId: string, address: string): readonly Entry[];
  find(id: string): Entry | undefined;
  clear(): void;
};

export function createLedger(limit = 200_000): Ledger {
  const chats = new Map<string, Entry[]>();
  const byId = new Map<string, Entry>();
  const entries = createNewest<Entry>(limit, forget);

  function forget(entry: Entry) {
    byId.delete(entry.id);
    const key = chatKey(entry.phoneNumberId, entry.with);
    const chat = chats.get(key);
    // The oldest of all is the oldest of its chat.
    chat?.shift();
    if (chat?.length === 0) chats.delete(key);
  }

  return {
    add: (entry) => {
      const key = chatKey(entry.phoneNumberId, entry.with);
      const chat = chats.get(key);
      if (chat) chat.push(entry);
      else chats.set(key, [entry]);
      byId.set(entry.id, entry);
      entries.add(entry);
    },
    sends: () =>
      entries
        .items()
        .values()
        .filter((entry) => entry.direction === 'out'),
    chat: (phoneNumberId, address) => chats.get(chatKey(phoneNumberId, address)) ?? [],
    find: (id) => byId.get(id),
    clear: () => {
      chats.clear();
      byId.clear();
      entries.clear();
    },
  };
}

/** One person on one number. */
export function chatKey(phoneNumberId: string, address: string): string {
  return `${phoneNumberId} ${address}`;
}
