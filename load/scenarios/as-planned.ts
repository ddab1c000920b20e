import type { Stage as Stretch } from '#load/generator/plan-arrivals.ts';
import { generatorNotes, latencyFigures, type Outcome, type Scenario, type Stage } from './scenario.ts';

/** People write when they like, whatever the answers do; latency counts from the planned moment. */
async function playPlanned(
  stages: readonly Stretch[],
  { options, prepare, measure }: Stage,
): Promise<Outcome> {
  const { send } = await prepare({ kind: 'open', stages, seed: options.seed });
  const result = await measure(send);
  const failed = result.sent - result.acknowledged;
  return {
    figures: [
      ...latencyFigures(result),
      { name: 'answered 200', value: result.inTime / result.seconds, unit: '/s', better: 'more' },
      { name: 'errors', value: (failed / Math.max(1, result.sent)) * 100, unit: '%', better: 'less' },
    ],
    notes: generatorNotes(result),
  };
}

const door = { bot: false, workers: 0, meta: false, order: 'random' } as const;

/** A shape of so many seconds, stretched or squeezed to those that were asked for; `--scale` multiplies its rates. */
function shaped(name: string, about: string, shape: readonly Stretch[]): Scenario {
  const seconds = shape.reduce((sum, stretch) => sum + stretch.seconds, 0);
  return {
    ...{ name, about, seconds },
    needs: () => door,
    play: (stage) =>
      playPlanned(
        shape.map(({ seconds: long, from, to }) => ({
          seconds: (long * stage.seconds) / seconds,
          from: from * stage.options.scale,
          to: to * stage.options.scale,
        })),
        stage,
      ),
  };
}

const level = (rate: number, seconds: number): Stretch => ({ seconds, from: rate, to: rate });

// The three tests of the load report of the system before this one: 658 requests in 10 minutes, 16,194 in 3 with a
// peak of 93 a second, 27,771 in 9 up to where its timeouts began.
export const baseline = shaped('baseline', '10 minutes at 1.1/s (--scale 10: ten times as many)', [
  level(1.1, 600),
]);
export const burst = shaped('burst', '3 minutes at 93/s, at once', [
  { seconds: 5, from: 0, to: 92.8 },
  level(92.8, 170),
  { seconds: 5, from: 92.8, to: 0 },
]);
export const stress = shaped('stress', '9 minutes in steps up to 90/s and down', [
  ...[10, 30, 50, 70, 90, 90, 70, 40, 12.9].map((rate) => level(rate, 60)),
]);

/** One rate all the time. */
export const steady: Scenario = {
  name: 'steady',
  about: 'open loop at one rate (--rate 50)',
  seconds: 30,
  needs: () => door,
  play: (stage) => playPlanned([level(stage.options.rate ?? 50, stage.seconds)], stage),
};
