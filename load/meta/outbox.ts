import type { Behaviour } from './behaviour.ts';
import type { Directory } from './directory.ts';
import { type Fields, messagesPayload } from './payload.ts';
import type { Attempt } from './post-webhook.ts';
import { escapedJson } from './signed-json.ts';
import type { WebhookQueue } from './webhook-queue.ts';
import type { MetaNumber } from './world.ts';

type Told = {
  readonly status: Fields;
  readonly contact: Fields | undefined;
  readonly delivered: () => void;
};

/** Puts messages and statuses into webhooks, addressed and signed for the app that listens to the number. */
export type Outbox = {
  /** `delivered` hears the 200. */
  status(number: MetaNumber, status: Fields, contact: Fields | undefined, delivered: () => void): void;
  /** `heard` hears the first attempt, `delivered` the 200. False: nobody is subscribed. */
  message(
    number: MetaNumber,
    message: Fields,
    contact: Fields | undefined,
    summary: string,
    heard: (attempt: Attempt) => void,
    delivered: () => void,
  ): boolean;
  clear(): void;
};

export function createOutbox(
  queue: WebhookQueue,
  directory: Directory,
  knobs: () => Behaviour,
  webhookBase: string,
): Outbox {
  const batches = new Map<string, { number: MetaNumber; told: Told[]; timer: NodeJS.Timeout }>();

  function post(
    number: MetaNumber,
    value: Fields,
    line: { kind: 'message' | 'status'; summary: string },
    listeners: { onFirstAttempt?: (attempt: Attempt) => void; onDelivered?: () => void } = {},
  ): boolean {
    const app = directory.app(number.appId);
    if (!app || !directory.isSubscribed(number.wabaId)) return false;
    const url = directory.override(number.wabaId)?.uri ?? `${webhookBase}${app.webhookPath}`;
    const body = escapedJson(messagesPayload(number, value), knobs().escapeSlashes);
    const webhook = { url, secret: app.secret, body, ...line };
    queue.add({ ...webhook, ...listeners });
    if (knobs().duplicateWebhooks) queue.add(webhook);
    return true;
  }

  function flush(phoneNumberId: string) {
    const batch = batches.get(phoneNumberId);
    if (!batch) return;
    batches.delete(phoneNumberId);
    clearTimeout(batch.timer);
    postStatuses(batch.number, batch.told);
  }

  function postStatuses(number: MetaNumber, told: readonly Told[]) {
    const contacts = [...new Map(told.map(({ contact }) => [contact?.['user_id'], contact])).values()].filter(
      (contact) => contact !== undefined,
    );
    post(
      number,
      { ...(contacts.length > 0 && { contacts }), statuses: told.map(({ status }) => status) },
      { kind: 'status', summary: summarise(told) },
      {
        onDelivered: () => {
          for (const { delivered } of told) delivered();
        },
      },
    );
  }

  return {
    status: (number, status, contact, delivered) => {
      const { batchSize, batchWaitMs, reorder } = knobs();
      if (batchSize === 1) {
        postStatuses(number, [{ status, contact, delivered }]);
        return;
      }
      const id = number.phoneNumberId;
      const batch = batches.get(id) ?? {
        number,
        told: [],
        timer: setTimeout(() => flush(id), batchWaitMs).unref(),
      };
      batches.set(id, batch);
      if (reorder === 'none') batch.told.push({ status, contact, delivered });
      else batch.told.unshift({ status, contact, delivered });
      if (batch.told.length >= batchSize) flush(id);
    },
    message: (number, message, contact, summary, onFirstAttempt, onDelivered) =>
      post(
        number,
        { ...(contact && { contacts: [contact] }), messages: [message] },
        { kind: 'message', summary },
        { onFirstAttempt, onDelivered },
      ),
    clear: () => {
      for (const { timer } of batches.values()) clearTimeout(timer);
      batches.clear();
    },
  };
}

function summarise(told: readonly Told[]): string {
  const [first] = told;
  if (told.length !== 1 || !first) return `${told.length} statuses`;
  const { status, errors } = first.status as { status: string; errors?: readonly { code: number }[] };
  return errors ? `${status} ${errors[0]?.code}` : status;
}
