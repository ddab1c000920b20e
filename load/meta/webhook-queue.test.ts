import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Behaviour, defaultBehaviour } from './behaviour.ts';
import { createClock } from './clock.ts';
import type { Attempt, Webhook } from './post-webhook.ts';
import { createWebhookQueue } from './webhook-queue.ts';

const webhook: Webhook = { url: 'http://product/', secret: 's', body: '{}', kind: 'status', summary: 'sent' };
const down: Attempt = { status: null, ms: 1, error: 'connection refused' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(answer: () => Attempt, knobs: Partial<Behaviour> = {}) {
  const clock = createClock();
  const attempts: number[] = [];
  const began = Date.now();
  const post = async () => {
    attempts.push(Date.now() - began);
    return answer();
  };
  const queue = createWebhookQueue(post, () => ({ ...defaultBehaviour(), ...knobs }), clock);
  return { queue, clock, attempts };
}

test('a product that is down is tried at once, again at once, then ever more rarely', async () => {
  const { queue, attempts } = start(() => down);
  queue.add(webhook);
  await vi.advanceTimersByTimeAsync(4000);
  expect(attempts).toEqual([0, 0, 250, 750, 1750, 3750]);
});

test('the pause never exceeds its cap', async () => {
  const { queue, attempts } = start(() => down, { retryCapMs: 1000 });
  queue.add(webhook);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(attempts.slice(-3)).toEqual([7750, 8750, 9750]);
});

test('it ends with a 200, and after seven days of Meta’s time', async () => {
  let status = 503;
  const { queue, clock } = start(() => ({ status, ms: 1 }));
  queue.add(webhook);
  await vi.advanceTimersByTimeAsync(1000);
  expect(queue.pending()).toBe(1);
  status = 200;
  await vi.advanceTimersByTimeAsync(1000);
  expect(queue.pending()).toBe(0);

  status = 503;
  queue.add(webhook);
  clock.advance(7 * 24 * 60 * 60);
  await vi.advanceTimersByTimeAsync(1000);
  expect(queue.pending()).toBe(0);
});

test('no more attempts are under way than may be', async () => {
  let under = 0;
  let most = 0;
  const queue = createWebhookQueue(
    async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise((done) => setTimeout(done, 10));
      under -= 1;
      return { status: 200, ms: 10 };
    },
    () => ({ ...defaultBehaviour(), webhookConcurrency: 7 }),
    createClock(),
  );
  for (let count = 0; count < 50; count += 1) queue.add(webhook);
  await vi.advanceTimersByTimeAsync(100);
  expect({ most, pending: queue.pending() }).toEqual({ most: 7, pending: 0 });
});

test('what is cleared does not come again', async () => {
  const { queue, attempts } = start(() => down);
  queue.add(webhook);
  await vi.advanceTimersByTimeAsync(300);
  queue.clear();
  const before = attempts.length;
  await vi.advanceTimersByTimeAsync(100_000);
  expect({ more: attempts.length - before, pending: queue.pending() }).toEqual({ more: 0, pending: 0 });
});

test('who waits for a first attempt that is cleared hears so', async () => {
  const { queue } = start(() => down, { holdWebhooks: true });
  const heard: Attempt[] = [];
  queue.add({ ...webhook, onFirstAttempt: (attempt) => heard.push(attempt) });
  queue.clear();
  expect(heard).toEqual([{ status: null, ms: 0, error: 'forgotten' }]);
});
