import { createLatencies, type LatencySummary } from '#load/generator/latency.ts';
import { planArrivals } from '#load/generator/plan-arrivals.ts';
import { messageOf } from '#load/generator/prepare-webhooks.ts';
import { openLedger } from '#load/house/ledger.ts';
import { control, listArrivals, untilTold } from '#load/house/play-meta.ts';
import { matchRoundTrips } from './round-trips.ts';
import { type Figure, generatorNotes, ownHouse, type Scenario } from './scenario.ts';

const patience = 60;

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
    const { options, seconds, prepare, measure, say, plan } = stage;
    const { meta, database } = ownHouse(stage);
    const ledger = await openLedger(database);
    try {
      say('waiting for the answers of the warm-up');
      await ledger.untilDone(patience);
      await untilTold(meta, patience);
      await control(meta, 'reset', {});
      // Statuses at once: what is measured is the product, not Meta's waiting.
      await control(meta, 'behaviour', { numberLimit: false, sentAfterMs: 0, deliveredAfterMs: 0 });

      const rate = options.rate ?? 50;
      const stages = [{ seconds, from: rate, to: rate }];
      const { send, first } = await prepare({ kind: 'open', stages, seed: options.seed });
      const { result, doneAfter } = await measure(async () => {
        const sent = await send();
        const began = performance.now();
        await ledger.untilDone(patience, ({ turns, outbox }) =>
          say(`left: ${turns} turns, ${outbox} to deliver`),
        );
        await untilTold(meta, patience);
        return { result: sent, doneAfter: (performance.now() - began) / 1000 };
      });

      say('reading what arrived');
      const moments = planArrivals(stages, options.seed);
      const written = [...moments].flatMap((moment, index) =>
        Array.from({ length: plan.perWebhook }, (_, offset) => {
          const { channel, from } = messageOf(plan, (first + index) * plan.perWebhook + offset);
          return { phoneNumberId: channel.phoneNumberId, from, at: result.startedAt + moment };
        }),
      );
      const { trips, unanswered, surplus } = matchRoundTrips(written, await listArrivals(meta));
      const undelivered = trips.filter(({ delivered }) => delivered === undefined).length;
      return {
        figures: [
          ...summarise(
            'reply',
            trips.map((trip) => trip.reply),
          ),
          ...summarise(
            'delivered',
            trips.flatMap((trip) => trip.delivered ?? []),
          ),
          ...summarise('webhook', undefined, result.latency),
          {
            name: 'round trips',
            value: (trips.length - undelivered) / (result.seconds + doneAfter),
            unit: '/s',
            better: 'more',
          },
          { name: 'done after the end', value: doneAfter, unit: 's', better: 'less' },
        ],
        faults: [
          ...(unanswered > 0 ? [`${unanswered} of ${written.length} messages got no answer`] : []),
          ...(surplus > 0 ? [`${surplus} answers too many`] : []),
          ...(undelivered > 0 ? [`${undelivered} answers were never heard to be delivered`] : []),
        ],
        notes: generatorNotes(result),
      };
    } finally {
      await ledger.close();
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
