import { wamidPrefix } from '#load/generator/prepare-webhooks.ts';
import { slowDatabase } from '#load/house/slow-database.ts';
import { generatorNotes, latencyFigures, ownHouse, type Scenario } from './scenario.ts';

const times = 10;

/**
 * Ten times what the product can do. No generator can send that beside it on the same machine, so the database is made
 * ten times slower instead, as by a disk that stalls, while webhooks go on coming at the rate that the product had
 * before. It must refuse the rest at once, and not grow.
 */
export const overload: Scenario = {
  name: 'overload',
  about: 'ten times the capacity: refused at once with Retry-After, memory flat (--rate: as many as it can)',
  seconds: 20,
  needs: () => ({ bot: false, workers: 0, meta: false, order: 'random' }),
  play: async (stage) => {
    const { options, seconds, plan, prepare, measure, say, usages } = stage;
    const { database, doorNames } = ownHouse(stage);
    say('measuring the capacity');
    const probe = await prepare({ kind: 'closed', connections: 256, seconds: 5 });
    const able = await probe.send();
    const rate = options.rate ?? able.inTime / able.seconds;

    const flood = await prepare({
      kind: 'open',
      stages: [{ seconds, from: rate, to: rate }],
      seed: options.seed,
    });
    const result = await measure(async () => {
      const slow = slowDatabase(database, wamidPrefix(plan.run), rate / times);
      try {
        return await flood.send();
      } finally {
        await slow.stop();
      }
    });
    const calm = await prepare({
      kind: 'open',
      stages: [{ seconds: 5, from: 50, to: 50 }],
      seed: options.seed,
    });
    const after = await calm.send();

    const doors = usages().filter(({ name }) => doorNames.includes(name));
    const peak = Math.max(0, ...doors.map(({ memoryPeak }) => memoryPeak));
    const refused = result.statuses['503'] ?? 0;
    const broken = result.sent - result.acknowledged - refused;
    return {
      figures: [
        { name: 'offered', value: result.sent / result.seconds, unit: '/s', better: 'more' },
        { name: 'answered 200', value: result.acknowledged / result.seconds, unit: '/s', better: 'more' },
        ...latencyFigures(result),
        { name: 'refused with 503', value: refused / result.seconds, unit: '/s', better: 'less' },
        { name: 'refused p95', value: result.refusalLatency.p95, unit: 'ms', better: 'less' },
        { name: 'other errors', value: broken, unit: '', better: 'less' },
        { name: 'memory peak at the door', value: peak, unit: 'MB', better: 'less' },
        { name: 'memory growth in the second half', value: growthOf(doors), unit: 'MB', better: 'less' },
        { name: 'p95 at 50/s afterwards', value: after.latency.p95, unit: 'ms', better: 'less' },
      ],
      faults: [
        ...(result.refusedWithoutRetryAfter > 0
          ? [`${result.refusedWithoutRetryAfter} refusals came without Retry-After`]
          : []),
        ...(refused === 0 ? ['nothing was refused: this was no overload'] : []),
      ],
      notes: generatorNotes(result),
    };
  },
};

/** What the largest process had more at the end than in the middle. MB. */
function growthOf(doors: readonly { readonly memory: readonly number[] }[]): number {
  return Math.max(
    0,
    ...doors.map(({ memory }) => (memory.at(-1) ?? 0) - (memory[Math.floor(memory.length / 2)] ?? 0)),
  );
}
