import type { CheckName, CheckResult } from '#components/trpc/types.ts';

/** How a line looks: `running` while its answer is awaited, `idle` before anything was asked. */
export type Look = CheckResult['state'] | 'running' | 'idle';
export type CheckRow = Pick<CheckResult, 'check' | 'title' | 'detail' | 'steps' | 'mend'> & {
  look: Look;
  /** How long it took, "0.3 s"; empty where nothing was asked. */
  took: string;
};

const titles: readonly (readonly [CheckName, string])[] = [
  ['token', 'The token is valid and does not expire'],
  ['secret', 'The app secret fits the app'],
  ['membership', 'The number belongs to this WhatsApp Business account'],
  ['account', 'Meta has approved the business'],
  ['registration', 'The number is registered for the Cloud API'],
  ['callback', 'Meta reaches us'],
  ['templates', 'We may read your templates'],
  ['sending', 'Sending is allowed'],
];

/** The eight lines in their order, whatever has been answered so far. A connected number has passed them all before. */
export function checkRows(results: CheckResult[], running: boolean, connected: boolean): CheckRow[] {
  return titles.map(([check, title]): CheckRow => {
    const result = results.find((one) => one.check === check);
    if (!result)
      return {
        ...{ check, title, detail: '', steps: [], mend: null, took: '' },
        look: running ? 'running' : connected ? 'passed' : 'idle',
      };
    const { state, detail, steps, mend, ms } = result;
    const took = state === 'waiting' ? '' : `${(Math.max(ms, 1) / 1000).toFixed(1)} s`;
    return { check, title: result.title, detail, steps, mend, look: state, took };
  });
}
