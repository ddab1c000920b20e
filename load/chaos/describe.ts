import { formatNumber, formatTable } from '#load/report/table.ts';
import type { Fault } from './faults.ts';
import type { Finding } from './invariants.ts';

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** A fault as the plan tells it. */
export const describeFault = ({ at, lasts, kind }: Fault): string =>
  `${seconds(at).padStart(8)}  ${kind}${lasts > 0 ? ` for ${seconds(lasts)}` : ''}`;

const mostShown = 5;

/** The invariants as a table, then what was found against them. */
export function describeFindings(findings: readonly Finding[]): string {
  const rows = findings.map(({ invariant, checked, broken }) => [
    `${broken.length === 0 ? '✓' : '✗'} ${invariant}`,
    formatNumber(checked),
    broken.length === 0 ? '' : `${formatNumber(broken.length)} broken`,
  ]);
  const details = findings
    .filter(({ broken }) => broken.length > 0)
    .map(
      ({ invariant, broken }) =>
        `  ${invariant}: ${broken.slice(0, mostShown).join(', ')}${broken.length > mostShown ? ', …' : ''}`,
    );
  return [formatTable(rows), ...details].join('\n');
}
