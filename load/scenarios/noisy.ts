import { Trouble } from '#load/house/trouble.ts';
import { notesOfAll, ownHouse, type Scenario } from './scenario.ts';
import { openTurnPlayer, type PlayedTurns, replyLatency, turnFaults } from './turn-player.ts';

const times = 20;
/** Messages a second that each tenant was sold; and what part of it comes in where nobody is loud. */
const usualShare = 2;
const usualUse = 2 / 3;
const most = 0.2;
/** Seconds of each round before those that count. */
const settling = 2;
/** Of each state, by turns, so that an hour's weather is in both. */
const rounds = 2;
/** What the loud one got beyond its share leaves as slowly as it was sold. Seconds. */
const patience = 300;

/**
 * One tenant writes and is answered twenty times as often as it was sold, while all others keep to their share: by how
 * much does it move their p95? Calm and flood come by turns, and what is compared is all turns of either.
 */
export const noisy: Scenario = {
  name: 'noisy',
  about: 'one tenant at 20 × its share beside others: do they feel it? (--rate 2 sold each, --channels 30)',
  seconds: 40,
  needs: ({ rate = usualShare }) => ({
    ...{ bot: true, workers: 1, meta: true, order: 'cycle', channels: 30 },
    sold: rate,
  }),
  play: async (stage) => {
    const { options, seconds, plan, say } = stage;
    ownHouse(stage);
    const [loud, ...others] = plan.channels;
    if (!loud || others.length === 0) throw new Trouble('A neighbour needs two channels at least.');
    const share = options.rate ?? usualShare;
    const usual = usualUse * share * others.length;
    const level = { seconds: seconds / (2 * rounds), from: usual, to: usual };
    const player = await openTurnPlayer(stage);
    const [calm, flooded]: [PlayedTurns[], PlayedTurns[]] = [[], []];
    let sent = 0;
    try {
      await stage.measure(async () => {
        for (let round = 0; round < rounds; round += 1) {
          say('calm');
          calm.push(await player.play([level], { channels: others, settling, patience }));
          say('flood');
          const rate = times * share;
          const flood = await stage.prepare(
            {
              kind: 'open',
              stages: [{ ...level, from: rate, to: rate }],
              seed: options.seed + 1_000 + round,
            },
            [loud],
          );
          const meanwhile = async () => {
            sent += (await flood.send()).acknowledged;
          };
          flooded.push(await player.play([level], { channels: others, meanwhile, settling, patience }));
        }
      });
      const p95 = (played: readonly PlayedTurns[]) => replyLatency(played.flatMap(({ turns }) => turns)).p95;
      const [before, during] = [p95(calm), p95(flooded)];
      const moved = during / before - 1;
      const all = [...calm, ...flooded];
      return {
        figures: [
          { name: 'others', value: level.from, unit: '/s', better: 'more' },
          { name: 'the loud one', value: sent / (level.seconds * rounds), unit: '/s', better: 'more' },
          { name: 'reply p95 of the others, calm', value: before, unit: 'ms', better: 'less' },
          { name: 'reply p95 of the others, flooded', value: during, unit: 'ms', better: 'less' },
          { name: 'moved by', value: moved * 100, unit: '%', better: 'less' },
          { name: 'reply p95', value: during, unit: 'ms', better: 'less' },
        ],
        faults: [
          ...all.flatMap(turnFaults),
          ...(moved > most
            ? [`the flood moved the others' p95 by ${Math.round(moved * 100)} %, at most ${100 * most}`]
            : []),
        ],
        notes: notesOfAll(all.map(({ result }) => result)),
      };
    } finally {
      await player.close();
    }
  },
};
