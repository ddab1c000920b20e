import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The one registry; /metrics prints it. Event-loop lag, memory and CPU come with the defaults. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const registers = [registry];

/**
 * A counter by one label whose values are known. Each has its series from the beginning, at 0: an increase is only seen
 * by who has seen what it was before.
 */
function countOf<const Label extends string, const Value extends string>(
  name: string,
  help: string,
  label: Label,
  values: readonly Value[],
) {
  const counter = new Counter({ name, help, labelNames: [label], registers });
  for (const value of values) counter.labels(value).inc(0);
  return { inc: (of: Readonly<Record<Label, Value>>) => counter.labels(of[label]).inc() };
}

const fast = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const processes = new Gauge({
  name: 'parley_processes',
  help: 'Processes that are up, by what they do',
  labelNames: ['part'],
  registers,
});

export const requests = new Counter({
  name: 'parley_http_requests_total',
  help: 'Requests by door and status',
  labelNames: ['door', 'status'],
  registers,
});
for (const status of ['200', '401', '503']) requests.labels('webhook', status).inc(0);

export const webhookSeconds = new Histogram({
  name: 'parley_webhook_seconds',
  help: 'From the last byte of a webhook to its answer',
  buckets: fast,
  registers,
});

export const quarantined = countOf(
  'parley_webhook_quarantined_total',
  'Signed webhooks, or parts of one, that were kept raw because they could not be understood or stored',
  'reason',
  [
    'not-json',
    'unknown-object',
    'unreadable',
    'unhandled-field',
    'group-message',
    'unknown-number',
    'other-channel',
    'too-many',
    'refused',
  ],
);

export const groupSize = new Histogram({
  name: 'parley_commit_group_size',
  help: 'Items that shared one commit',
  labelNames: ['committer'],
  buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000],
  registers,
});

export const groupWaiting = new Gauge({
  name: 'parley_commit_group_waiting',
  help: 'Items waiting for the next commit',
  labelNames: ['committer'],
  registers,
});

export const givesWayGauge = new Gauge({
  name: 'parley_gives_way',
  help: 'Work that is put off because there is too much to do: 1 while it is',
  labelNames: ['what'],
  registers,
});

export const deliveries = countOf(
  'parley_delivery_outcomes_total',
  'Tries to hand a message to Meta, by outcome',
  'outcome',
  ['accepted', 'retry', 'failed', 'unknown'],
);

export const graphSeconds = new Histogram({
  name: 'parley_graph_seconds',
  help: 'Calls of the Graph API',
  labelNames: ['call'],
  buckets: fast,
  registers,
});

export const turns = countOf('parley_bot_turns_total', 'Decided turns of the bot, by outcome', 'outcome', [
  'answered',
  'misunderstood',
  'handed-over',
  'held',
  'tenant-suspended',
  'blocked',
  'opted-out',
  'opted-in',
  'window-closed',
  'bot-off',
]);

export const letters = countOf('parley_letters_total', 'Attempts to send an e-mail, by outcome', 'outcome', [
  'sent',
  'later',
  'refused',
  'unknown',
]);

export const signIns = countOf('parley_sign_ins_total', 'Attempts to sign in, by outcome', 'outcome', [
  'right',
  'wrong',
  'limited',
]);
