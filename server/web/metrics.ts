import type { ServerResponse } from 'node:http';
import { AggregatorRegistry, Gauge } from 'prom-client';
import { z } from 'zod';
import { poolCounts } from '#server/db/client.ts';
import { measureQueues } from '#server/jobs/queue-depth.ts';
import { log } from '#server/log.ts';
import { registry } from '#server/metrics.ts';

new Gauge({
  name: 'parley_database_pool',
  help: 'Connections of this process, and callers that wait for one',
  labelNames: ['state'],
  registers: [registry],
  collect() {
    for (const [state, count] of Object.entries(poolCounts())) this.set({ state }, count);
  },
});

const metric = z.looseObject({ name: z.string(), type: z.string(), values: z.array(z.unknown()) });
const shared = z.object({ type: z.literal('metrics'), from: z.number(), metrics: z.array(metric) });
const peers = new Map<number, { metrics: unknown[]; at: number }>();
// Told every five seconds; whoever is silent for longer has gone. Milliseconds.
const peerLasts = 15_000;

/** Keeps what another process of this start (a worker) counted, to print it together. Anything else is ignored. */
export function takePeerMetrics(message: unknown) {
  const known = shared.safeParse(message);
  if (known.success) peers.set(known.data.from, { metrics: known.data.metrics, at: Date.now() });
}

/** Everything that this start's processes counted, in Prometheus' text form. */
export async function serveMetrics(response: ServerResponse) {
  await measureQueues().catch((error: unknown) =>
    log().warn({ err: error }, 'the queues could not be measured'),
  );
  for (const [pid, { at }] of peers) if (Date.now() - at > peerLasts) peers.delete(pid);
  const own = await registry.getMetricsAsJSON();
  const all = AggregatorRegistry.aggregate([
    own,
    ...[...peers.values()].map(({ metrics }) => metrics),
  ] as never);
  response.writeHead(200, { 'content-type': registry.contentType }).end(await all.metrics());
}
