import { courseOf } from './course.ts';
import type { RoundTrip } from './round-trips.ts';
import { generatorNotes, latencyFigures, type Scenario } from './scenario.ts';
import { openTurnPlayer, replyLatency, turnFaults } from './turn-player.ts';

const times = 10;

/**
 * Ten times as many at once, as after a broadcast on television: calm, a fifth of the time the spike, calm again. Nothing
 * may be refused or lost, and the calm must come back.
 */
export const spike: Scenario = {
  name: 'spike',
  about: 'full turns at a calm rate, ten times as many at once, calm again (--rate 40)',
  seconds: 50,
  needs: () => ({ bot: true, workers: 1, meta: true, order: 'cycle' }),
  play: async (stage) => {
    const { options, seconds } = stage;
    const calm = options.rate ?? 40;
    const [before, during] = [seconds * 0.3, seconds * 0.2];
    const player = await openTurnPlayer(stage);
    try {
      const played = await player.play([
        { seconds: before, from: calm, to: calm },
        { seconds: during, from: calm * times, to: calm * times },
        { seconds: seconds - before - during, from: calm, to: calm },
      ]);
      const { turns, result, doneAfter } = played;
      const secondOf = ({ at }: RoundTrip) => (at - result.startedAt) / 1000;
      const p95 = (from: number, to: number) =>
        replyLatency(turns.filter((turn) => secondOf(turn) >= from && secondOf(turn) < to)).p95;
      const usual = p95(0, before);
      const end = before + during;
      const { slices } = courseOf(turns, result.startedAt, 1, Math.ceil(seconds));
      const late = slices.findLastIndex(
        (slice, second) => second >= end && (slice.p95 ?? 0) > Math.max(2 * usual, 50),
      );
      const failed = result.sent - result.acknowledged;
      return {
        course: { sliceSeconds: 1, slices },
        figures: [
          { name: 'reply p95 before', value: usual, unit: 'ms', better: 'less' },
          { name: 'reply p95 in the spike', value: p95(before, end), unit: 'ms', better: 'less' },
          { name: 'calm again after', value: late < 0 ? 0 : late + 1 - end, unit: 's', better: 'less' },
          { name: 'reply p95', value: replyLatency(turns).p95, unit: 'ms', better: 'less' },
          ...latencyFigures(result).map((figure) => ({ ...figure, name: `webhook ${figure.name}` })),
          { name: 'errors', value: (100 * failed) / Math.max(1, result.sent), unit: '%', better: 'less' },
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
