import path from 'node:path';
import type { GeneratorResult } from '#load/generator/generate.ts';
import type { MessagePlan } from '#load/generator/prepare-webhooks.ts';
import { startGenerator } from '#load/generator/start-generator.ts';
import type { House } from '#load/house/start-house.ts';
import { importList } from './import-list.ts';
import type { ImportOptions } from './options.ts';
import { withHouse } from './with-house.ts';
import { writeList } from './write-list.ts';

/**
 * Webhooks at one rate, alone and then beside a gentle import into one of the tenants that they are for: is anybody held
 * up? Every second of them is of somebody who writes for the first time, for whom the import's lock matters.
 */
export const runGently = (options: ImportOptions, say: (what: string) => void, stopped: AbortSignal) =>
  withHouse(options, say, stopped, async (house, folder) => {
    const { rows, rate, seconds } = options;
    const list = path.join(folder, 'list.csv');
    await writeList(list, rows, 0);
    const plan = planOf(house, Math.ceil((rate * seconds * 3) / house.channels.length));
    let first = 0;
    async function write(long: number): Promise<GeneratorResult> {
      const drive = {
        kind: 'open',
        stages: [{ seconds: long, from: rate, to: rate }],
        seed: 1 + first,
      } as const;
      const addresses = house.doors.map((door) => ({
        host: '127.0.0.1',
        port: Number(new URL(door).port),
      }));
      const generator = await startGenerator({ addresses, plan, first, drive, timeoutMs: 10_000 }, stopped);
      first += generator.prepared;
      return generator.run();
    }
    say('warming up');
    await write(3);
    say(`${seconds} s of webhooks alone`);
    const alone = await write(seconds);
    say('a gentle import beside them');
    const began = Date.now();
    const importing = importList(house, list, 'gentle', 'fill');
    importing.catch(() => undefined);
    const beside: GeneratorResult[] = [];
    const over = importing.then(() => true);
    while (!(await Promise.race([over, write(seconds).then((result) => beside.push(result) === 0)])));
    return {
      rate,
      alone: alone.latency,
      beside: beside.map(({ latency }) => latency),
      failed: [alone, ...beside].reduce((sum, { sent, acknowledged }) => sum + sent - acknowledged, 0),
      import: await importing,
      took: (Date.now() - began) / 1000,
    };
  });

const planOf = (house: House, leadsPerChannel: number): MessagePlan => ({
  ...{ run: 'GENTLE2345', seed: 1, channels: house.channels, leadsPerChannel, order: 'random' },
  ...{ perWebhook: 1, secret: house.secret, path: '/api/webhooks/whatsapp' },
  timestamp: Math.floor(Date.now() / 1000),
});
