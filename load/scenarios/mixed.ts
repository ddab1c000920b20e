import { setTimeout as sleep } from 'node:timers/promises';
import { type Agent, signInAgent } from '#load/house/agent.ts';
import type { Usage } from '#load/machine/process-usage.ts';
import { reportAssumptions } from '#load/model/assumptions.ts';
import { type Alone, type DayForecast, predictDay, type SingleRuns } from '#load/model/predict-day.ts';
import { bringIn } from './bring-in.ts';
import { type Browsing, browse } from './browse.ts';
import { courseOf } from './course.ts';
import { busiestHour, dayAt, dayShape } from './day-shape.ts';
import type { Options } from './options.ts';
import { type Figure, generatorNotes, ownHouse, type Scenario, type Stage } from './scenario.ts';
import { openTurnPlayer, replyLatency, type TurnPlayer, turnFaults } from './turn-player.ts';

const defaultRate = 15;
const defaultSeconds = 960;
const goal = 0.15;
const { messagesPerLead, outgoingShare, activeShare } = reportAssumptions;

/** Those who write in a day, each as often as assumed; the others of all leads come in by the import. */
const writersOf = ({
  rate = defaultRate,
  seconds = defaultSeconds,
}: Partial<Pick<Options, 'rate' | 'seconds'>>) =>
  Math.max(100, Math.ceil((rate * seconds) / (messagesPerLead * (1 - outgoingShare))));

/**
 * Sixteen hours in sixteen minutes: people write and are answered, with a busiest hour of three times the average,
 * statuses come back, agents browse the inbox, and an import brings in all who do not write. Before it each part is
 * measured by itself, and from that the day is predicted.
 */
export const mixed: Scenario = {
  name: 'mixed',
  about:
    'a day of 16 hours in 16 minutes: turns, agents, an import; predicted and measured (--rate 15 on average)',
  seconds: defaultSeconds,
  needs: ({ rate, seconds }) => ({
    ...{ bot: true, workers: 1, meta: true, order: 'random', door: 'web', agents: true },
    leads: writersOf({ ...(rate && { rate }), ...(seconds && { seconds }) }),
  }),
  play: async (stage) => {
    const { options, seconds, say } = stage;
    const { doors, agents: logins } = ownHouse(stage);
    const rate = options.rate ?? defaultRate;
    const [origin = ''] = doors;
    say('signing in');
    const agents = await Promise.all(logins.map((login) => signInAgent(origin, login)));
    const writers = writersOf({ rate, seconds });
    const rows = Math.round((writers * (1 - activeShare)) / activeShare);
    const player = await openTurnPlayer(stage);
    try {
      const alone = await measureAlone(stage, player, agents, { rate, writers });
      const day = await playDay(stage, player, agents, { rate, rows });
      const forecast = predictDay(alone, {
        ...{ seconds: day.seconds, rows },
        hours: dayShape.map((share) => share * rate),
        pagesPerSecond: day.browsing.pages / seconds,
      });
      return { ...day.outcome, figures: [...held(forecast, day), ...singly(alone), ...day.outcome.figures] };
    } finally {
      await player.close();
    }
  },
};

/** So often everybody has written before anything is measured: somebody's first message costs several times as much. */
const toldBefore = 3;

/** Each part of the day by itself, as short as says something, when all is as warm as it is in the middle of a day. */
async function measureAlone(
  stage: Stage,
  player: TurnPlayer,
  agents: readonly Agent[],
  { rate, writers }: { readonly rate: number; readonly writers: number },
): Promise<SingleRuns> {
  const seconds = Math.min(60, Math.max(5, stage.seconds / 16));
  const busiest = rate * reportAssumptions.peakFactor;
  stage.say('warming up');
  const warming = (toldBefore * writers) / (2 * busiest);
  await player.play([{ seconds: warming, from: 2 * busiest, to: 2 * busiest }], {
    meanwhile: () => browse(agents, AbortSignal.timeout(warming * 1000)),
  });
  const used = async (work: () => Promise<unknown>) => {
    await stage.measure(work);
    return { cores: coresOf(stage.usages()), busy: stage.busy() ?? 0 };
  };
  stage.say('alone: nothing');
  const idle = await used(() => sleep(seconds * 1000));
  const turns = [];
  for (const level of [rate, busiest]) {
    const played = await player.play([{ seconds, from: level, to: level }], { settling: 2 });
    const { p50, p95 } = replyLatency(played.turns);
    turns.push({ rate: level, p50, p95, cores: coresOf(played.usages), busy: played.busy ?? 0 });
  }
  stage.say('alone: agents');
  let pages = 0;
  const browsing = await used(async () => {
    pages = (await browse(agents, AbortSignal.timeout(seconds * 1000))).pages;
  });
  stage.say('alone: an import');
  const [first] = agents;
  if (!first) throw new Error('nobody can import');
  const sample = 2_000;
  let took = 0;
  const importing = await used(async () => {
    const began = performance.now();
    await bringIn(first, sample, 0);
    took = (performance.now() - began) / 1000;
  });
  return {
    ...{ idle, turns, pages: { rate: Math.max(1, pages) / seconds, ...browsing } },
    secondsPerRow: (Math.max(0, importing.cores - idle.cores) * took) / sample,
  };
}

type PlayedDay = Awaited<ReturnType<typeof playDay>>;

async function playDay(
  stage: Stage,
  player: TurnPlayer,
  agents: readonly Agent[],
  { rate, rows }: { readonly rate: number; readonly rows: number },
) {
  const { seconds } = stage;
  let browsing: Browsing | undefined;
  let imported = 0;
  const played = await player.play(dayAt(rate, seconds), {
    meanwhile: async () => {
      const [importer] = agents;
      await Promise.all([
        browse(agents, AbortSignal.timeout(seconds * 1000)).then((done) => {
          browsing = done;
        }),
        // In the morning, as people do.
        sleep(((seconds * 2) / 16) * 1000).then(async () => {
          if (importer) imported = await bringIn(importer, rows, 1_000_000);
        }),
      ]);
    },
  });
  if (!browsing) throw new Error('nobody browsed');
  const { turns, result, doneAfter } = played;
  const hour = seconds / dayShape.length;
  const busiest = turns.filter(({ at }) => Math.floor((at - result.startedAt) / 1000 / hour) === busiestHour);
  return {
    browsing,
    seconds: seconds + doneAfter,
    turns: turns.length,
    cores: coresOf(played.usages),
    peak: replyLatency(busiest),
    outcome: {
      course: courseOf(turns, result.startedAt, hour, dayShape.length),
      figures: [
        { name: 'reply p95', value: replyLatency(turns).p95, unit: 'ms', better: 'less' },
        { name: 'page p95', value: browsing.latency.p95, unit: 'ms', better: 'less' },
        { name: 'pages', value: browsing.pages, unit: '', better: 'more' },
        { name: 'leads imported', value: imported, unit: '', better: 'more' },
        { name: 'webhook p95', value: result.latency.p95, unit: 'ms', better: 'less' },
      ] satisfies Figure[],
      faults: [
        ...turnFaults(played),
        ...(imported === rows ? [] : [`${imported} of ${rows} leads were imported`]),
      ],
      notes: generatorNotes(result),
    },
  };
}

/** What the prediction was made from. */
const singly = ({ idle, turns, pages, secondsPerRow }: SingleRuns): Figure[] => [
  ...taken('at rest', idle),
  ...turns.flatMap(({ rate, p50, p95, ...alone }): Figure[] => [
    ...taken(`at ${rate} turns/s`, alone),
    { name: `alone: turn p50 at ${rate} turns/s`, value: p50, unit: 'ms', better: 'less' },
    { name: `alone: turn p95 at ${rate} turns/s`, value: p95, unit: 'ms', better: 'less' },
  ]),
  ...taken(`at ${pages.rate.toFixed(1)} pages/s`, pages),
  { name: 'alone: CPU of a row', value: secondsPerRow * 1000, unit: 'ms', better: 'less' },
];

const taken = (when: string, { cores, busy }: Alone): Figure[] => [
  { name: `alone: cores ${when}`, value: cores, unit: '', better: 'less' },
  { name: `alone: machine busy ${when}`, value: 100 * busy, unit: '%', better: 'less' },
];

/** What was predicted beside what came, and by how much it is off. */
function held(forecast: DayForecast, day: PlayedDay): Figure[] {
  const off = (predicted: number, measured: number) => (100 * Math.abs(predicted - measured)) / measured;
  const pair = (name: string, predicted: number, measured: number, unit: string): Figure[] => [
    { name: `${name}, predicted`, value: predicted, unit, better: 'less' },
    { name: `${name}, measured`, value: measured, unit, better: 'less' },
    {
      name: `${name}, off by (goal ${100 * goal})`,
      value: off(predicted, measured),
      unit: '%',
      better: 'less',
    },
  ];
  return [
    ...pair('turns', forecast.turns, day.turns, ''),
    ...pair('cores of the product', forecast.cores, day.cores, ''),
    ...pair('turn p50 in the busiest hour', forecast.peak.p50, day.peak.p50, 'ms'),
    ...pair('turn p95 in the busiest hour', forecast.peak.p95, day.peak.p95, 'ms'),
  ];
}

/** Of the product: not of who loads it, nor of the simulated Meta. */
const coresOf = (usages: readonly Usage[]) =>
  usages
    .filter(({ name }) => !['generator', 'load', 'meta'].includes(name))
    .reduce((sum, { cpu }) => sum + cpu, 0);
