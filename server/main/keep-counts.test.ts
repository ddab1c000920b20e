import { EventEmitter } from 'node:events';
import { AggregatorRegistry, Counter, Gauge, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { keepCounts } from './keep-counts.ts';

/** A child that counts, and answers unless it is busy, as `process/counts.ts` does. */
class Child extends EventEmitter {
  connected = true;
  isBusy = false;
  readonly registry = new Registry();
  readonly counter = new Counter({
    name: 'seen',
    help: 's',
    labelNames: ['what'],
    registers: [this.registry],
  });
  readonly gauge = new Gauge({ name: 'open', help: 'o', registers: [this.registry] });

  send(message: unknown): boolean {
    if (!this.isBusy && message instanceof Object && 'id' in message) void this.tell(String(message.id));
    return true;
  }

  async tell(id?: string) {
    this.emit('message', {
      type: 'counts',
      id,
      counts: structuredClone([await this.registry.getMetricsAsJSON()]),
    });
  }

  end() {
    this.connected = false;
    this.emit('disconnect');
  }
}

function start() {
  const keeper = keepCounts({ patience: 50 });
  const add = () => {
    const child = new Child();
    keeper.join(child);
    return child;
  };
  const lines = async () => {
    const text = await AggregatorRegistry.aggregate(await keeper.gather()).metrics();
    return text
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .sort();
  };
  return { add, lines };
}

test('counts add up, and outlive those who counted; what is only so at the moment goes with them', async () => {
  const { add, lines } = start();
  for (let index = 0; index < 25; index += 1) {
    const child = add();
    child.counter.inc({ what: index % 2 ? 'odd' : 'even' }, 2);
    child.gauge.set(7);
    expect(await lines()).toContain('open 7');
    child.end();
  }
  expect(await lines()).toEqual(['seen{what="even"} 26', 'seen{what="odd"} 24']);
  add().counter.inc({ what: 'odd' });
  expect(await lines()).toEqual(['open 0', 'seen{what="even"} 26', 'seen{what="odd"} 25']);
});

test('who is too busy to answer counts with what it told last', async () => {
  const { add, lines } = start();
  const [busy, other] = [add(), add()];
  busy.counter.inc({ what: 'a' }, 3);
  await busy.tell();
  busy.isBusy = true;
  busy.counter.inc({ what: 'a' });
  other.counter.inc({ what: 'a' }, 10);
  expect(await lines()).toContain('seen{what="a"} 13');
  busy.isBusy = false;
  expect(await lines()).toContain('seen{what="a"} 14');
});
