import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The one registry; /metrics prints it. Event-loop lag, memory and CPU come with the defaults. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const registers = [registry];
const fast = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const requests = new Counter({
  name: 'parley_http_requests_total',
  help: 'Requests by door and status',
  labelNames: ['door', 'status'],
  registers,
});

export const webhookSeconds = new Histogram({
  name: 'parley_webhook_seconds',
  help: 'From the last byte of a webhook to its answer',
  buckets: fast,
  registers,
});

export const quarantined = new Counter({
  name: 'parley_webhook_quarantined_total',
  help: 'Signed webhooks, or parts of one, that were kept raw because they could not be understood or stored',
  labelNames: ['reason'],
  registers,
});

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

export const deliveries = new Counter({
  name: 'parley_delivery_outcomes_total',
  help: 'Tries to hand a message to Meta, by outcome',
  labelNames: ['outcome'],
  registers,
});

export const graphSeconds = new Histogram({
  name: 'parley_graph_seconds',
  help: 'Calls of the Graph API',
  labelNames: ['call'],
  buckets: fast,
  registers,
});

export const turns = new Counter({
  name: 'parley_bot_turns_total',
  help: 'Decided turns of the bot, by outcome',
  labelNames: ['outcome'],
  registers,
});

export const signIns = new Counter({
  name: 'parley_sign_ins_total',
  help: 'Attempts to sign in, by outcome',
  labelNames: ['outcome'],
  registers,
});
