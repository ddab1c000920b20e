import { Gauge, Registry } from 'prom-client';
import { boss } from './boss.ts';

// The database's numbers, not this process's: whoever is asked reads them, and nobody adds them up.
const registry = new Registry();
const depth = new Gauge({
  name: 'parley_queue_depth',
  help: 'Jobs by queue and what they are doing, at most ten seconds old',
  labelNames: ['queue', 'state'],
  registers: [registry],
});
const age = new Gauge({
  name: 'parley_queue_oldest_seconds',
  help: 'How long the oldest job that is due has waited',
  labelNames: ['queue'],
  registers: [registry],
});

/** Every queue's depth and age at this moment, in Prometheus' text form. */
export async function queueMetrics(): Promise<string> {
  for (const queue of await (await boss()).getQueues()) {
    depth.set({ queue: queue.name, state: 'ready' }, queue.readyCount);
    depth.set({ queue: queue.name, state: 'deferred' }, queue.deferredCount);
    depth.set({ queue: queue.name, state: 'active' }, queue.activeCount);
    depth.set({ queue: queue.name, state: 'failed' }, queue.failedCount);
    age.set({ queue: queue.name }, queue.readyOldestSeconds ?? 0);
  }
  return registry.metrics();
}
