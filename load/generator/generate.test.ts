import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Drive, type GeneratorJob, prepareGenerator } from './generate.ts';
import type { MessagePlan } from './prepare-webhooks.ts';

let server: Server;
let port = 0;
const bodies: string[] = [];
const answers: number[] = [];
let connections = 0;

beforeEach(async () => {
  bodies.length = 0;
  answers.length = 0;
  connections = 0;
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(answers.shift() ?? 200, { 'retry-after': '1' }).end();
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function job(drive: Drive, more: Partial<GeneratorJob> = {}): GeneratorJob {
  const channel = { phoneNumberId: '1', displayPhoneNumber: '2', wabaId: '3' };
  const plan: MessagePlan = {
    ...{
      run: 'ABCDEFGHIJ',
      seed: 1,
      channels: [channel],
      leadsPerChannel: 10,
      order: 'random',
      perWebhook: 1,
    },
    ...{ secret: 's', path: '/', timestamp: 1 },
  };
  return { addresses: [{ host: '127.0.0.1', port }], plan, first: 0, drive, timeoutMs: 20_000, ...more };
}
const idOf = (body: string): string => JSON.parse(body).entry[0].changes[0].value.messages[0].id;
const stages = [{ seconds: 0.5, from: 100, to: 100 }];
const few = [{ seconds: 0.5, from: 20, to: 20 }];

describe('a generator', () => {
  test('sends everything that was planned, once, and tells what came of it', async () => {
    const generator = prepareGenerator(job({ kind: 'open', stages, seed: 1 }));
    const result = await generator.run(() => {});
    expect(result).toMatchObject({
      ...{
        sent: generator.prepared,
        acknowledged: generator.prepared,
        statuses: { 200: generator.prepared },
      },
      ...{ failures: {}, unacknowledged: [], ranOut: false },
    });
    expect(result.latency.count).toBe(generator.prepared);
    expect(result.lateness.count).toBe(generator.prepared);
    expect(new Set(bodies.map(idOf)).size).toBe(generator.prepared);
  });

  test('names the webhooks that were not acknowledged, and what was said to them', async () => {
    answers.push(200, 503, 200, 500);
    const drive = { kind: 'closed', connections: 1, seconds: 60, most: 6 } as const;
    const result = await prepareGenerator(job(drive, { first: 40 })).run(() => {});
    expect(result).toMatchObject({
      acknowledged: 4,
      unacknowledged: [41, 43],
      statuses: { 200: 4, 503: 1, 500: 1 },
    });
    expect(result.refusalLatency.count).toBe(1);
    expect(result.refusedWithoutRetryAfter).toBe(0);
  });

  test('keeps to its connections in a closed loop', async () => {
    const drive = { kind: 'closed', connections: 3, seconds: 60, most: 60 } as const;
    const result = await prepareGenerator(job(drive)).run(() => {});
    expect([connections, result.connections.mostBusy]).toEqual([3, 3]);
    expect(bodies).toHaveLength(60);
  });

  test('ends a closed loop when the time is over', async () => {
    const result = await prepareGenerator(job({ kind: 'closed', connections: 2, seconds: 0.2 })).run(
      () => {},
    );
    expect(result.seconds).toBeGreaterThanOrEqual(0.2);
    expect(result.inTime).toBeLessThanOrEqual(result.acknowledged);
    expect(result.ranOut).toBe(false);
  });

  test('opens as many connections as it shall hold, and does not time their first requests', async () => {
    const generator = prepareGenerator(job({ kind: 'open', stages: few, seed: 1, held: 30 }));
    const result = await generator.run(() => {});
    expect(connections).toBe(30);
    expect(result.acknowledged).toBe(generator.prepared);
    expect(result.latency.count).toBe(generator.prepared - 30);
  });

  test('refuses a plan that does not fit into memory', () => {
    const endless = { kind: 'open', stages: [{ seconds: 1e5, from: 50, to: 50 }], seed: 1 } as const;
    expect(() => prepareGenerator(job(endless), 1_000_000)).toThrow('do not fit into memory');
  });
});
