import type { ServerResponse } from 'node:http';
import { Gauge } from 'prom-client';
import { poolCounts } from '#server/db/pool.ts';
import { queueMetrics } from '#server/jobs/queue-depth.ts';
import { log } from '#server/log.ts';
import { registry } from '#server/metrics.ts';
import { allCounts } from '#server/process/counts.ts';

new Gauge({
  name: 'parley_database_pool',
  help: 'Connections of all processes, and callers that wait for one',
  labelNames: ['state'],
  registers: [registry],
  collect() {
    for (const [state, count] of Object.entries(poolCounts())) this.set({ state }, count);
  },
});

/** Everything that this start's processes counted, whichever of them is asked, in Prometheus' text form. */
export async function serveMetrics(response: ServerResponse) {
  const [counts, queues] = await Promise.all([allCounts(), readQueues()]);
  response.writeHead(200, { 'content-type': registry.contentType }).end(`${counts}${queues}`);
}

/** Without the database the rest is all the more worth knowing. */
async function readQueues(): Promise<string> {
  try {
    return await queueMetrics();
  } catch (error) {
    log().warn({ err: error }, 'the queues could not be measured');
    return '';
  }
}
