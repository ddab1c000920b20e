import { Trouble } from '#load/house/trouble.ts';
import { generatorNotes, latencyFigures, type Scenario } from './scenario.ts';

/** Many who keep a connection open and seldom say anything; each of them about every twenty seconds. */
export const connections: Scenario = {
  name: 'connections',
  about:
    'so many open connections with low traffic on them (--connections 10000, --rate: a twentieth of them)',
  seconds: 40,
  needs: () => ({ bot: false, workers: 0, meta: false, order: 'random' }),
  play: async ({ options, seconds, prepare, measure, say }) => {
    const held = options.connections ?? 10_000;
    assertFiles(held);
    const rate = options.rate ?? held / 20;
    const stages = [{ seconds, from: rate, to: rate }];
    const { send } = await prepare({ kind: 'open', stages, seed: options.seed, held });
    say(`opening ${held} connections`);
    const result = await measure(send);
    const fewest = Math.min(...result.ticks.map(({ connections: { open } }) => open));
    const failed = result.sent - result.acknowledged;
    return {
      figures: [
        { name: 'fewest open', value: fewest, unit: '', better: 'more' },
        { name: 'closed by the other end', value: result.connections.closedIdle, unit: '', better: 'less' },
        ...latencyFigures(result),
        { name: 'errors', value: failed, unit: '', better: 'less' },
      ],
      faults: [
        ...(failed > 0 ? [`${failed} requests failed`] : []),
        ...(fewest < held ? [`only ${fewest} of ${held} connections stayed open`] : []),
      ],
      notes: generatorNotes(result),
    };
  },
};

/** A process needs a file for each connection: the generator, and the product. */
function assertFiles(held: number) {
  const report = process.report?.getReport();
  const limits = report instanceof Object && 'userLimits' in report ? report.userLimits : undefined;
  const files = limits instanceof Object && 'open_files' in limits ? limits.open_files : undefined;
  const most = files instanceof Object && 'hard' in files ? Number(files.hard) : Number.NaN;
  if (most < held + 200)
    throw new Trouble(
      `This system lets a process open ${most} files: raise it with "ulimit -n ${held + 1_000}".`,
    );
}
