import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  type MessagePlan,
  messageOf,
  perVisit,
  prepareWebhooks,
  wamidPrefix,
  webhookBody,
  webhookRequest,
} from './prepare-webhooks.ts';

const plan: MessagePlan = {
  run: 'ABCDEFGHIJ',
  seed: 1,
  channels: Array.from({ length: 10 }, (_, index) => ({
    phoneNumberId: `77000000000000${index}`,
    displayPhoneNumber: `1555010000${index}`,
    wabaId: `88000000000000${index}`,
  })),
  leadsPerChannel: 20,
  order: 'random',
  perWebhook: 1,
  secret: 'the secret',
  path: '/api/webhooks/whatsapp',
  timestamp: 1_790_000_000,
};
const many = (of: MessagePlan, count = 5_000) =>
  Array.from({ length: count }, (_, index) => messageOf(of, index));

describe('the messages of a run', () => {
  test('are all different, and bear the run’s name', () => {
    const wamids = many(plan).map(({ wamid }) => wamid);
    expect(new Set(wamids).size).toBe(wamids.length);
    expect(wamids.every((wamid) => wamid.startsWith(wamidPrefix(plan.run)))).toBe(true);
  });

  test('can be made again, one by one', () => {
    expect(messageOf(plan, 4_321)).toEqual(many(plan)[4_321]);
    expect(messageOf({ ...plan, seed: 2 }, 4_321)).not.toEqual(messageOf(plan, 4_321));
  });

  test('come from everybody on all channels, and nobody writes on two', () => {
    const messages = many(plan);
    expect(new Set(messages.map(({ channel }) => channel)).size).toBe(10);
    const channels = new Map(messages.map(({ from, channel }) => [from, channel]));
    expect(channels.size).toBe(200);
    expect(messages.every(({ from, channel }) => channels.get(from) === channel)).toBe(true);
  });

  test('in a cycle let everybody write once before anybody writes again', () => {
    const messages = many({ ...plan, order: 'cycle' }, 400);
    const first = messages.slice(0, 200).map(({ from }) => from);
    expect(new Set(first).size).toBe(200);
    expect(messages.slice(200).map(({ from }) => from)).toEqual(first);
  });

  test('of visits come in cycles too, and one in seven of a later one is the first of somebody new', () => {
    const visits = { ...plan, order: 'visits' } as const;
    const rounds = Array.from({ length: 20 }, (_, round) =>
      many(visits, 200 * (round + 1))
        .slice(200 * round)
        .map(({ from }) => from),
    );
    const met = new Set(rounds[0]);
    expect(met.size).toBe(200);
    for (const round of rounds.slice(1)) {
      const fresh = new Set(round.filter((from) => !met.has(from)));
      expect(new Set(round).size).toBe(200);
      // Of the twenty places of each channel two or three.
      expect(fresh.size).toBeGreaterThanOrEqual(20);
      expect(fresh.size).toBeLessThanOrEqual(30);
      for (const one of fresh) met.add(one);
    }
    const written = Map.groupBy(rounds.flat(), (from) => from);
    expect(Math.max(...written.values().map(({ length }) => length))).toBe(perVisit);
    // All but those who were there at the beginning or still are.
    expect([...written.values()].filter(({ length }) => length === perVisit).length).toBeGreaterThan(200);
  });

  test('never come from a number that stands for a failure at Meta', () => {
    expect(many(plan).filter(({ from }) => /(131\d{3}|130472)$/.test(from))).toEqual([]);
  });
});

describe('a request', () => {
  test('is whole, with its length and a signature over its body', () => {
    const [head = '', body = ''] = webhookRequest(plan, 3).toString().split('\r\n\r\n');
    const signature = createHmac('sha256', 'the secret').update(body).digest('hex');
    expect(head).toContain('POST /api/webhooks/whatsapp HTTP/1.1');
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
    expect(head).toContain(`X-Hub-Signature-256: sha256=${signature}`);
    expect(body).toBe(webhookBody(plan, 3));
  });

  test('with ten messages has those of its index, all for one channel', () => {
    const ten = { ...plan, perWebhook: 10 };
    const { value } = JSON.parse(webhookBody(ten, 7)).entry[0].changes[0];
    const wanted = Array.from({ length: 10 }, (_, offset) => messageOf(ten, 70 + offset));
    expect(value.messages.map(({ id }: { id: string }) => id)).toEqual(wanted.map(({ wamid }) => wamid));
    expect(value.metadata.phone_number_id).toBe(wanted[0]?.channel.phoneNumberId);
    expect(new Set(wanted.map(({ channel }) => channel)).size).toBe(1);
    expect(value.contacts).toHaveLength(new Set(wanted.map(({ from }) => from)).size);
  });
});

test('prepared requests are the same bytes, from the first that was asked for', () => {
  const prepared = prepareWebhooks(plan, 100, 50, 10_000_000);
  expect(prepared.count).toBe(50);
  expect(prepared.at(49)).toEqual(webhookRequest(plan, 149));
});

test('no more are made than memory may hold', () => {
  expect(prepareWebhooks(plan, 0, 1_000, 50_000).count).toBeLessThan(80);
});
