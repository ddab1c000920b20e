import { courseOf } from './course.ts';
import { type Figure, generatorNotes, latencyFigures, ownHouse, type Scenario } from './scenario.ts';
import { openTurnPlayer, replyLatency, turnFaults } from './turn-player.ts';

const parts = 6;

/**
 * Half an hour at one rate: what grows slowly shows. Latency and memory of the second sixth, when all is warm, are held
 * against those of the last.
 */
export const soak: Scenario = {
  name: 'soak',
  about: '30 minutes of full turns at one rate: does anything grow? (--rate 40)',
  seconds: 1_800,
  needs: () => ({ bot: true, workers: 1, meta: true, order: 'visits', leads: 2_000 }),
  play: async (stage) => {
    const { options, seconds, usages } = stage;
    const rate = options.rate ?? 40;
    const { doorNames } = ownHouse(stage);
    const player = await openTurnPlayer(stage);
    try {
      const played = await player.play([{ seconds, from: rate, to: rate }]);
      const { turns, result, queueAge, doneAfter } = played;
      const course = courseOf(turns, result.startedAt, seconds / parts, parts);
      const early = course.slices[1]?.p95 ?? 0;
      const late = course.slices[parts - 1]?.p95 ?? 0;
      const watched = usages().filter(({ name }) => doorNames.includes(name) || name.startsWith('worker'));
      return {
        course,
        figures: [
          { name: 'reply p95', value: replyLatency(turns).p95, unit: 'ms', better: 'less' },
          { name: 'reply p95, second sixth', value: early, unit: 'ms', better: 'less' },
          { name: 'reply p95, last sixth', value: late, unit: 'ms', better: 'less' },
          ...latencyFigures(result).map((figure) => ({ ...figure, name: `webhook ${figure.name}` })),
          ...watched.flatMap(({ name, memory }): Figure[] => [
            { name: `${name} memory, second sixth`, value: highest(memory, 1), unit: 'MB', better: 'less' },
            {
              ...{ name: `${name} memory, last sixth`, unit: 'MB', better: 'less' },
              value: highest(memory, parts - 1),
            },
          ]),
          { name: 'oldest waited at the end', value: queueAge.end, unit: 's', better: 'less' },
          { name: 'done after the end', value: doneAfter, unit: 's', better: 'less' },
        ],
        faults: turnFaults(played),
        notes: generatorNotes(result),
      };
    } finally {
      await player.close();
    }
  },
};

/** In a sixth of the samples. */
function highest(samples: readonly number[], part: number): number {
  const size = samples.length / parts;
  return Math.max(0, ...samples.slice(Math.floor(part * size), Math.ceil((part + 1) * size)));
}
