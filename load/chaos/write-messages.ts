import { setTimeout as sleep } from 'node:timers/promises';
import { sign } from '#load/meta/signed-json.ts';
import { createRandom } from '#load/model/random.ts';
import type { Channel } from './product.ts';

/** A message that somebody wrote, as the tool itself remembers it. */
export type Written = {
  readonly wamid: string;
  readonly channel: Channel;
  readonly from: string;
  readonly text: string;
  /** Unix seconds, as Meta stamps it. */
  readonly timestamp: number;
};

export type Writing = {
  /** By wamid. Those in it were sent at least once. */
  readonly written: ReadonlyMap<string, Written>;
  /** Wamids of webhooks that were answered 200. */
  readonly acknowledged: ReadonlySet<string>;
  /** Requests by how they ended: a status, or why there was none. */
  readonly endings: ReadonlyMap<string, number>;
  readonly inFlight: () => number;
  /** Nobody writes any more; resolves when every webhook has been answered 200. */
  readonly end: () => Promise<void>;
};

type Plan = {
  readonly doors: readonly string[];
  readonly channels: readonly Channel[];
  readonly people: number;
  /** Webhooks a second. */
  readonly rate: number;
  readonly seed: number;
};

const patience = 10_000;
const firstPause = 100;
const longestPause = 5_000;
const mostOpen = 300;
const mostAtOnce = 20;

/**
 * People write, and Meta delivers: each webhook again and again until it is answered 200, some twice at the same time,
 * some once more although they were answered, some messages in two webhooks, and some late with an earlier stamp.
 */
export function writeMessages({ doors, channels, people, rate, seed }: Plan): Writing {
  const random = createRandom(seed);
  const whole = (below: number) => Math.floor(random() * below);
  const written = new Map<string, Written>();
  const acknowledged = new Set<string>();
  const endings = new Map<string, number>();
  const deliveries = new Set<Promise<void>>();
  const run = Date.now().toString(36).toUpperCase();
  let writing = true;

  function write(channel: Channel): Written {
    const person = whole(people);
    const index = written.size;
    const message = {
      wamid: `wamid.CHAOS${run}${String(index).padStart(7, '0')}`,
      channel,
      // Ends in 7: no number that stands for a failure.
      from: `49151${String(person).padStart(7, '0')}7`,
      text: `Message ${index} of person ${person} to ${channel.phoneNumberId}`,
      timestamp: Math.floor(Date.now() / 1000) - (random() < 0.1 ? whole(600) : 0),
    };
    written.set(message.wamid, message);
    return message;
  }

  function deliver(messages: readonly Written[], { at = 0 } = {}) {
    const delivery = sleep(at)
      .then(() => untilTaken(messages))
      .finally(() => deliveries.delete(delivery));
    deliveries.add(delivery);
  }

  async function untilTaken(messages: readonly Written[]) {
    const [{ channel } = { channel: undefined }] = messages;
    if (!channel) return;
    const body = JSON.stringify(webhook(channel, messages));
    let pause = firstPause;
    for (;;) {
      const door = doors[whole(doors.length)];
      const ending = await post(`${door}${channel.path}`, body, channel.secret);
      endings.set(ending, (endings.get(ending) ?? 0) + 1);
      if (ending === '200') break;
      await sleep(pause * (0.5 + random()));
      pause = Math.min(longestPause, pause * 2);
    }
    for (const { wamid } of messages) acknowledged.add(wamid);
  }

  const began = performance.now();
  let begun = 0;
  const timer = setInterval(() => {
    // A machine that is slow to call back gets what is due, but not all of a long pause at once.
    const due = Math.min(Math.floor(((performance.now() - began) / 1_000) * rate), begun + mostAtOnce);
    // Where nobody is answered, nobody goes on writing for ever.
    for (; writing && begun < due; begun += 1) if (deliveries.size < mostOpen) deliverOne();
  }, 20);

  function deliverOne() {
    const channel = channels[whole(channels.length)];
    if (!channel) return;
    const messages = Array.from({ length: random() < 0.2 ? 1 + whole(4) : 1 }, () => write(channel));
    deliver(messages);
    const luck = random();
    if (luck < 0.05) deliver(messages);
    else if (luck < 0.1) deliver(messages, { at: 1_000 + whole(5_000) });
    else if (luck < 0.15) deliver([...messages.slice(0, 1), write(channel)]);
  }

  return {
    ...{ written, acknowledged, endings },
    inFlight: () => deliveries.size,
    end: async () => {
      writing = false;
      clearInterval(timer);
      while (deliveries.size > 0) await Promise.all(deliveries);
    },
  };
}

function webhook({ wabaId, displayPhoneNumber, phoneNumberId }: Channel, messages: readonly Written[]) {
  const people = new Set(messages.map(({ from }) => from));
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: displayPhoneNumber, phone_number_id: phoneNumberId },
    contacts: [...people].map((from) => ({ profile: { name: `Person ${from}` }, wa_id: from })),
    messages: messages.map(({ from, wamid, timestamp, text }) => ({
      ...{ from, id: wamid, timestamp: String(timestamp), type: 'text', text: { body: text } },
    })),
  };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: wabaId, changes: [{ field: 'messages', value }] }],
  };
}

async function post(url: string, body: string, secret: string): Promise<string> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': sign(secret, body) },
      body,
      signal: AbortSignal.timeout(patience),
    });
    await answer.body?.cancel();
    return String(answer.status);
  } catch {
    return 'none';
  }
}
