import { createLatencies, type LatencySummary } from '#load/generator/latency.ts';
import { type Figure, generatorNotes, type Scenario } from './scenario.ts';
import { openTurnPlayer, turnFaults } from './turn-player.ts';

/**
 * A person writes, the bot answers, Meta takes the answer and tells `sent` and `delivered`: all of it, at a rate, on all
 * channels. Latency counts from the moment at which the person was to write.
 */
export const roundtrip: Scenario = {
  name: 'roundtrip',
  about: 'in, decided, sent, both statuses back, at one rate (--rate 50)',
  seconds: 30,
  needs: () => ({ bot: true, workers: 1, meta: true, order: 'cycle' }),
  play: async (stage) => {
    const { options, seconds } = stage;
    const player = await openTurnPlayer(stage);
    try {
      const rate = options.rate ?? 50;
      const played = await player.play([{ seconds, from: rate, to: rate }]);
      const { turns, result, doneAfter } = played;
      const undelivered = turns.filter(({ delivered }) => delivered === undefined).length;
      return {
        figures: [
          ...summarise(
            'reply',
            turns.map((turn) => turn.reply),
          ),
          ...summarise(
            'delivered',
            turns.flatMap((turn) => turn.delivered ?? []),
          ),
          ...summarise('webhook', undefined, result.latency),
          {
            name: 'round trips',
            value: (turns.length - undelivered) / (result.seconds + doneAfter),
            unit: '/s',
            better: 'more',
          },
          { name: 'done after the end', value: doneAfter, unit: 's', better: 'less' },
        ],
        faults: [
          ...turnFaults(played),
          ...(undelivered > 0 ? [`${undelivered} answers were never heard to be delivered`] : []),
        ],
        notes: generatorNotes(result),
      };
    } finally {
      await player.close();
    }
  },
};

function summarise(of: string, milliseconds: readonly number[] = [], known?: LatencySummary): Figure[] {
  const latencies = createLatencies();
  for (const one of milliseconds) latencies.record(one);
  const summary = known ?? latencies.summary();
  return (['p50', 'p95', 'p99'] as const).map((name) => ({
    name: `${of} ${name}`,
    value: summary[name],
    unit: 'ms',
    better: 'less',
  }));
}
