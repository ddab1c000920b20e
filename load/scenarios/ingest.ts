import { generatorNotes, latencyFigures, type Scenario } from './scenario.ts';

/** As fast as it goes: each connection sends its next webhook when the last one was answered. */
export const ingest: Scenario = {
  name: 'ingest',
  about: 'closed loop to the limit (--connections 256, --per-webhook 1)',
  seconds: 10,
  needs: () => ({ bot: false, workers: 0, meta: false, order: 'random' }),
  play: async ({ options, seconds, prepare, measure }) => {
    const connections = options.connections ?? 256;
    const { send } = await prepare({ kind: 'closed', connections, seconds });
    const result = await measure(send);
    const perSecond = (result.inTime * options.perWebhook) / result.seconds;
    return {
      figures: [
        { name: 'messages', value: perSecond, unit: '/s', better: 'more' },
        ...latencyFigures(result),
      ],
      notes: generatorNotes(result),
    };
  },
};
