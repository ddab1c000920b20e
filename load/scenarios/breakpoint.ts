import os from 'node:os';
import type { GeneratorResult } from '#load/generator/generate.ts';
import { wamidPrefix } from '#load/generator/prepare-webhooks.ts';
import { countRows } from '#load/house/count-rows.ts';
import { capacityOf, type Interval } from '#load/model/capacity-of.ts';
import { defaultObjectives } from '#load/model/objectives.ts';
import { capacityRun, type RunPoint } from '#load/model/run.ts';
import { climb } from './climb.ts';
import { type Figure, notesOfAll, ownHouse, type Scenario } from './scenario.ts';
import { openTurnPlayer } from './turn-player.ts';
import { turnPoint } from './turn-point.ts';

const mostLevels = 24;
/** Seconds of each level before those that count. */
const settling = 2;
/** And so many before the first level: what has just started answers its first thousands three times as slowly. */
const warming = 40;
/** Who writes at a time; somebody's first message ever costs several times as much as the next ones. */
const visitors = 2_000;

/**
 * Full turns at a rate that rises until an objective breaks: p95 over 250 ms, over 1 % errors, a queue that grows, or
 * something acknowledged that is not stored. Each level is a point of the curve that capacity is computed from. People
 * write as often as is assumed of a day, so that one message in seven is of somebody new.
 */
export const breakpoint: Scenario = {
  name: 'breakpoint',
  about: 'full turns, rising by a third until an objective breaks (--rate 25 first, --seconds 8 each level)',
  seconds: 8,
  needs: () => ({ bot: true, workers: 1, meta: true, order: 'visits', leads: visitors }),
  play: async (stage) => {
    const { options, seconds, say, plan } = stage;
    const { database } = ownHouse(stage);
    const first = options.rate ?? 25;
    const player = await openTurnPlayer(stage);
    const results: GeneratorResult[] = [];
    try {
      say('everybody writes for the first time');
      const slowly = 2 * first;
      const met = (plan.leadsPerChannel * plan.channels.length) / slowly;
      await player.play([
        { seconds: met, from: slowly, to: slowly },
        { seconds: warming, from: slowly, to: 2 * slowly },
      ]);
      let acknowledged = await stored();
      async function stored() {
        return (await countRows(database, wamidPrefix(plan.run))).rows;
      }
      const levels = await stage.measure(() =>
        climb(first, mostLevels, async (rate) => {
          say(`${Math.round(rate)} turns a second`);
          const played = await player.play([{ seconds: settling + seconds, from: rate, to: rate }], {
            settling,
          });
          results.push(played.result);
          acknowledged += played.result.acknowledged * options.perWebhook;
          const lost = Math.max(0, acknowledged - (await stored()));
          const facts = { seconds, settling, lost, cores: os.availableParallelism(), beside: stage.beside() };
          const point = turnPoint(played, { ...facts, objectives: defaultObjectives });
          return { ...point, isKept: point.broke?.length === 0 };
        }),
      );
      const points = levels.map(({ isKept: _, ...point }): RunPoint => point);
      const broken = levels.find(({ isKept }) => !isKept);
      return {
        points,
        figures: figuresOf(points),
        notes: [
          ...(broken ? [`broke at ${broken.offered.toFixed(0)}/s: ${broken.broke?.join('; ')}`] : []),
          ...notesOfAll(results),
        ],
        faults: broken ? [] : [`nothing broke in ${mostLevels} levels: begin higher with --rate`],
      };
    } finally {
      await player.close();
    }
  },
};

function figuresOf(points: readonly RunPoint[]): Figure[] {
  const capacity = capacityOf(
    capacityRun.parse({
      scenario: 'breakpoint',
      unit: 'turn',
      points,
      surroundings: { at: '' },
      verdict: { state: 'valid', reasons: [] },
    }),
  );
  const kept = points.filter(({ broke = [] }) => broke.length === 0).at(-1);
  const rate = (name: string, value: number): Figure => ({ name, value, unit: '/s', better: 'more' });
  const span = (name: string, { value, low, high }: Interval) => [
    rate(name, value),
    rate(`${name}, from`, low),
    rate(`${name}, to`, high),
  ];
  return [
    ...(kept
      ? [
          rate('turns carried', kept.offered),
          { name: 'p95', value: kept.p95, unit: 'ms', better: 'less' } as const,
        ]
      : []),
    ...(capacity?.knee ? span('knee', capacity.knee) : []),
    ...(capacity ? [...span('peak', capacity.peak), rate('sold up to', capacity.sustainable.value)] : []),
  ];
}
