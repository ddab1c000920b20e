import type { MessageStatus } from '#server/conversations/status.ts';

/** Who answers a conversation. `you` is the member who asks. */
export type Holder =
  | { kind: 'bot' }
  | { kind: 'nobody' }
  | { kind: 'member'; userId: string; name: string; you: boolean };

/** Why a message did not go out, in words: what happened and what to do next. */
export type FailureView = { title: string; remedy: string; code: number | null; details: string | null };

/** The newest message of a conversation, as a list shows it. `text` is already words ("Photo", "Location"). */
export type Preview = {
  kind: string;
  text: string;
  direction: 'inbound' | 'outbound';
  status: MessageStatus | null;
  failure: string | null;
};

/** One line of the conversation list. Times are ISO 8601 in UTC. */
export type ConversationRow = {
  id: string;
  name: string;
  phone: string | null;
  /** Which of the tenant's numbers it came to: its name, or the number where names are the same; null with only one. */
  channel: string | null;
  lastAt: string;
  preview: Preview | null;
  unread: number;
  holder: Holder;
  open: boolean;
  windowClosesAt: string | null;
};

export type ConversationPage = { rows: ConversationRow[]; next: string | null };

/** Counts stop at 100, which reads "99+". */
export type InboxCounts = { mine: number; unassigned: number; all: number; unread: number };

export type ConversationView = ConversationRow & {
  channelName: string;
  /** ISO time since which the holder holds it. */
  heldSince: string;
  /** How many messages the lead has written; what markRead is told once they are seen. */
  inboundCount: number;
  botOn: boolean;
  /** Nothing can be sent through the channel until somebody connects it again. */
  disconnected: boolean;
  /** Where the bot is in its script; `start` when it ended there and begins anew; null when it has not begun. */
  botStep: { number: number; of: number; title: string } | 'start' | null;
  /** Who closed it and when; null while it is open, `by` null when that member is gone. */
  closed: { at: string; by: string | null; you: boolean } | null;
  lead: {
    id: string;
    name: string | null;
    profileName: string | null;
    phone: string | null;
    username: string | null;
    /** They want no messages, since when, and the very words where they wrote some; null where that is not so. */
    optedOut: { at: string | null; said: string | null } | null;
    blocked: boolean;
    firstWroteAt: string | null;
    /** Conversations on this channel of who was merged into them, the newest first, and when each ended. */
    earlier: { id: string; lastAt: string }[];
    /** What the lead told the bot, in the script's words. */
    answers: { label: string; value: string }[];
  };
};

export type Button = { id: string; title: string };

/**
 * One bubble. `body` is what is read; `buttons` only on messages that offer some; `raw` only where no bubble exists yet.
 * What is `passive` only says something about another message, and counts as nothing unread.
 */
export type MessageItem = {
  type: 'message';
  id: string;
  at: string;
  direction: 'inbound' | 'outbound';
  author: { kind: 'lead' | 'bot' | 'member'; name: string; you: boolean };
  kind: string;
  passive: boolean;
  body: string;
  buttons: Button[];
  status: MessageStatus | null;
  statusAt: string | null;
  /** It waits for the day's quota of messages. */
  held: boolean;
  failure: FailureView | null;
  /** The message that said this one once more, after it failed or was not confirmed. */
  sentAgainAs: string | null;
  raw: string | null;
};

/** A line between bubbles: somebody took over, handed back, closed, reopened. */
export type EventItem = { type: 'event'; id: string; at: string; kind: string; text: string };

export type ThreadItem = MessageItem | EventItem;

/** Oldest first. The newest page reaches to the first unread one, within reason. `before` pages to older ones; null when there are none. */
export type ThreadPage = { items: ThreadItem[]; before: string | null };

/** What changed. `conversations: null` means: fetch everything visible again; none: only that the line is alive. */
export type LiveNews = { conversations: string[] | null };
