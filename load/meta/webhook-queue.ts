import type { Behaviour } from './behaviour.ts';
import type { Clock } from './clock.ts';
import type { Attempt, PostWebhook, Webhook } from './post-webhook.ts';

const sevenDays = 7 * 24 * 60 * 60 * 1000;

type Job = Webhook & { readonly since: number; attempts: number; readonly epoch: number };

/** Webhooks on their way: posted concurrently, retried until the answer is 200. Nothing is dropped in between. */
export type WebhookQueue = {
  add(webhook: Webhook): void;
  /** Those that have not been answered 200 yet. */
  pending(): number;
  /** Posts again at once what waits for a later attempt. */
  retryNow(): void;
  /** Looks at the knobs again (after a hold). */
  wake(): void;
  clear(): void;
};

/**
 * Order of attempts: at once, again at once, then after `retryFirstMs` doubled each time up to `retryCapMs`, for
 * seven days of Meta's time (Meta: "immediately, then with decreasing frequency, for up to 7 days").
 */
export function createWebhookQueue(post: PostWebhook, knobs: () => Behaviour, clock: Clock): WebhookQueue {
  let due: Job[] = [];
  let head = 0;
  let inFlight = 0;
  let epoch = 0;
  const later = new Map<Job, NodeJS.Timeout>();

  function pump() {
    const { holdWebhooks, webhookConcurrency } = knobs();
    while (!holdWebhooks && inFlight < webhookConcurrency) {
      const job = due[head];
      if (!job) break;
      head += 1;
      inFlight += 1;
      void post(job).then((attempt) => settle(job, attempt));
    }
    // Cutting one by one would move the whole array each time.
    if (head > 1000 && head * 2 > due.length) {
      due = due.slice(head);
      head = 0;
    }
  }

  function settle(job: Job, attempt: Attempt) {
    inFlight -= 1;
    job.attempts += 1;
    if (job.attempts === 1) job.onFirstAttempt?.(attempt);
    if (attempt.status === 200) job.onDelivered?.();
    else if (job.epoch === epoch && clock.now() - job.since < sevenDays) retry(job);
    pump();
  }

  function retry(job: Job) {
    const { retryFirstMs, retryCapMs } = knobs();
    if (job.attempts === 1) enqueue(job);
    else wait(job, Math.min(retryCapMs, retryFirstMs * 2 ** Math.min(30, job.attempts - 2)));
  }

  function wait(job: Job, ms: number) {
    const timer = setTimeout(() => enqueue(job), ms).unref();
    later.set(job, timer);
  }

  function enqueue(job: Job) {
    later.delete(job);
    due.push(job);
    pump();
  }

  return {
    add: (webhook) => {
      const { webhookDelayMs } = knobs();
      const job = { ...webhook, since: clock.now(), attempts: 0, epoch };
      if (webhookDelayMs > 0) wait(job, webhookDelayMs);
      else enqueue(job);
    },
    pending: () => due.length - head + inFlight + later.size,
    retryNow: () => {
      for (const [job, timer] of [...later]) {
        clearTimeout(timer);
        enqueue(job);
      }
    },
    wake: pump,
    clear: () => {
      epoch += 1;
      for (const job of [...due.slice(head), ...later.keys()]) {
        if (job.attempts === 0) job.onFirstAttempt?.({ status: null, ms: 0, error: 'forgotten' });
      }
      for (const timer of later.values()) clearTimeout(timer);
      later.clear();
      due = [];
      head = 0;
    },
  };
}
