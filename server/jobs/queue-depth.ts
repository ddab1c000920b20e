import { Gauge } from 'prom-client';
import { registry } from '#server/metrics.ts';
import { boss } from './boss.ts';

const depth = new Gauge({
  name: 'parley_queue_depth',
  help: 'Jobs by queue and what they are doing, at most ten seconds old',
  labelNames: ['queue', 'state'],
  // Each process sees the same queue.
  aggregator: 'max',
  registers: [registry],
});
const age = new Gauge({
  name: 'parley_queue_oldest_seconds',
  help: 'How long the oldest job that is due has waited',
  labelNames: ['queue'],
  aggregator: 'max',
  registers: [registry],
});

/** Reads every queue's depth and age into the metrics; called when they are asked for. */
export async function measureQueues() {
  for (const queue of await (await boss()).getQueues()) {
    depth.set({ queue: queue.name, state: 'ready' }, queue.readyCount);
    depth.set({ queue: queue.name, state: 'deferred' }, queue.deferredCount);
    depth.set({ queue: queue.name, state: 'active' }, queue.activeCount);
    depth.set({ queue: queue.name, state: 'failed' }, queue.failedCount);
    age.set({ queue: queue.name }, queue.readyOldestSeconds ?? 0);
  }
}
