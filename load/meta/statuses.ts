import type { Behaviour } from './behaviour.ts';
import { type Clock, unixSeconds } from './clock.ts';
import { statusError } from './fate.ts';
import type { Send } from './ledger.ts';
import type { Outbox } from './outbox.ts';
import { contactOf, type Fields } from './payload.ts';
import type { MetaNumber, MetaPerson } from './world.ts';

/** An accepted message, and what its statuses will say about it. */
type Following = {
  readonly send: Send;
  readonly number: MetaNumber;
  readonly person: MetaPerson | undefined;
  readonly callbackData: string | undefined;
  readonly pricing: Fields;
  readonly isReaction: boolean;
  readonly failure: number | undefined;
};

type Status = 'sent' | 'delivered' | 'read' | 'failed';

/** Carries accepted messages through their statuses, as the knobs say. */
export type Statuses = {
  follow(message: Following): void;
  /** The person has seen the message. */
  read(send: Send, webhook: boolean): void;
  /** Statuses that are still to come. */
  pending(): number;
  clear(): void;
};

/** Delivered messages that may be read later are remembered up to this many. */
const limit = 200_000;

export function createStatuses(
  outbox: Outbox,
  clock: Clock,
  knobs: () => Behaviour,
  changed: (send: Send) => void,
): Statuses {
  const unread = new Map<string, Following>();
  const timers = new Set<NodeJS.Timeout>();

  function after(ms: number, work: () => void) {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms).unref();
    timers.add(timer);
  }

  function reach(message: Following, status: Status, webhook = true) {
    advance(message.send, status);
    if (status === 'failed' && message.failure !== undefined) {
      const { code, title } = statusError(message.failure);
      message.send.failure = { code, title };
    }
    if (status === 'delivered') remember(message);
    if (webhook)
      outbox.status(message.number, tell(message, status, clock.now()), contactFor(message, status), () => {
        message.send.heard[status] ??= clock.now();
      });
    changed(message.send);
  }

  function remember(message: Following) {
    unread.set(message.send.id, message);
    const [oldest] = unread.keys();
    if (unread.size > limit && oldest) unread.delete(oldest);
  }

  return {
    follow: (message) => {
      const { statuses, sentAfterMs, deliveredAfterMs, skipDelivered, reorder } = knobs();
      if (!statuses) return;
      if (message.failure !== undefined) {
        after(sentAfterMs, () => reach(message, 'failed'));
        return;
      }
      const due = arrange(reorder, sentAfterMs, Math.max(sentAfterMs, deliveredAfterMs));
      after(due.sent, () => reach(message, 'sent'));
      // Meta tells of a reaction that it was sent, and no more.
      if (!message.isReaction) after(due.delivered, () => reach(message, 'delivered', !skipDelivered));
    },
    read: (send, webhook) => {
      const message = unread.get(send.id);
      if (!message) return;
      unread.delete(send.id);
      reach(message, 'read', webhook);
    },
    pending: () => timers.size,
    clear: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      unread.clear();
    },
  };
}

const ladder: readonly Send['status'][] = ['refused', 'accepted', 'sent', 'failed', 'delivered', 'read'];

function advance(send: Send, status: Status) {
  if (ladder.indexOf(status) > ladder.indexOf(send.status)) send.status = status;
}

function arrange(reorder: Behaviour['reorder'], sentAfterMs: number, deliveredAfterMs: number) {
  if (reorder === 'none') return { sent: sentAfterMs, delivered: deliveredAfterMs };
  // Timers of the same length fire in the order they were set, so that equal delays still need a step between.
  if (reorder === 'reverse')
    return { sent: Math.max(deliveredAfterMs, sentAfterMs + 1), delivered: sentAfterMs };
  return { sent: Math.random() * deliveredAfterMs, delivered: Math.random() * deliveredAfterMs };
}

function tell(
  { send, person, callbackData, pricing, failure }: Following,
  status: Status,
  now: number,
): Fields {
  const byUserId = send.to.includes('.');
  const waId = byUserId ? person?.waId : send.to;
  const userId = byUserId ? send.to : person?.userId;
  return {
    id: send.id,
    status,
    timestamp: unixSeconds(now),
    ...(waId && { recipient_id: waId }),
    ...(userId && (status !== 'failed' || byUserId) && { recipient_user_id: userId }),
    ...(callbackData !== undefined && { biz_opaque_callback_data: callbackData }),
    // Meta prices a message when it is sent, and once more when it is delivered.
    ...((status === 'sent' || status === 'delivered') && { pricing }),
    ...(failure !== undefined && { errors: [statusError(failure)] }),
  };
}

/** People whom the simulated Meta was never introduced to stay unnamed; so do those whom a message could not reach. */
function contactFor({ person }: Following, status: Status): Fields | undefined {
  return person && status !== 'failed' ? contactOf(person) : undefined;
}
