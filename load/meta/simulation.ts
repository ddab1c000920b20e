import { type Behaviour, defaultBehaviour, turnKnobs } from './behaviour.ts';
import { type Blocks, createBlocks } from './blocks.ts';
import { type Changes, createChanges } from './changes.ts';
import { type Clock, createClock } from './clock.ts';
import { createDirectory, type Directory } from './directory.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPeople, type People } from './people.ts';
import { createPoster } from './post-webhook.ts';
import { createPricing, type Pricing } from './pricing.ts';
import { type Buckets, createBuckets } from './rate-limits.ts';
import { createRules, type Rules } from './rules.ts';
import { createSignups, type Signups } from './signups.ts';
import { createStandings, type Standings } from './standings.ts';
import { createStatuses, type Statuses } from './statuses.ts';
import { createWebhookQueue, type WebhookQueue } from './webhook-queue.ts';
import { createWindows, type Windows } from './windows.ts';
import { createWire, type Wire } from './wire.ts';
import type { MetaApp } from './world.ts';

/** Everything the simulated Meta knows and has under way. */
export type Simulation = {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly standings: Standings;
  readonly signups: Signups;
  /** The product's origin, without a slash at its end. */
  readonly webhookBase: string;
  readonly people: People;
  readonly ledger: Ledger;
  readonly windows: Windows;
  readonly blocks: Blocks;
  readonly buckets: Buckets;
  readonly pricing: Pricing;
  readonly rules: Rules;
  readonly wire: Wire;
  readonly changes: Changes;
  readonly queue: WebhookQueue;
  readonly outbox: Outbox;
  readonly statuses: Statuses;
  behaviour(): Behaviour;
  /** Turns some knobs; throws a ZodError where they are none. */
  change(knobs: unknown): void;
  /** Webhooks that are due or will be: when they are too many, Meta takes no more messages. */
  backlog(): number;
  reset(): void;
  close(): Promise<void>;
};

/** `webhookBase`: the product's origin, without a slash at its end. `platform`: what differs from the demo's app. */
export function createSimulation(webhookBase: string, platform: Partial<MetaApp> = {}): Simulation {
  let behaviour = defaultBehaviour();
  const knobs = () => behaviour;
  const clock = createClock();
  const directory = createDirectory(platform);
  const standings = createStandings();
  const signups = createSignups();
  const people = createPeople();
  const ledger = createLedger();
  const windows = createWindows();
  const blocks = createBlocks();
  const buckets = createBuckets();
  const pricing = createPricing();
  const rules = createRules();
  const changes = createChanges();
  const wire = createWire(clock, 500, () => changes.note('wire'));
  const poster = createPoster(wire, knobs);
  const queue = createWebhookQueue(poster.post, knobs, clock);
  const outbox = createOutbox(queue, directory, knobs, webhookBase);
  const statuses = createStatuses(outbox, clock, knobs, (send) =>
    changes.noteChat(send.phoneNumberId, send.with),
  );

  function forget() {
    for (const part of [statuses, outbox, queue, ledger, windows, blocks, buckets, pricing, rules, wire])
      part.clear();
  }

  return {
    clock,
    directory,
    standings,
    signups,
    webhookBase,
    people,
    ledger,
    windows,
    blocks,
    buckets,
    pricing,
    rules,
    wire,
    changes,
    queue,
    outbox,
    statuses,
    behaviour: knobs,
    change: (news) => {
      behaviour = turnKnobs(behaviour, news);
      queue.wake();
      changes.note('behaviour');
    },
    backlog: () => queue.pending() + statuses.pending(),
    reset: () => {
      forget();
      behaviour = defaultBehaviour();
      clock.reset();
      changes.note('reset');
    },
    close: () => {
      forget();
      changes.close();
      return poster.close();
    },
  };
}
