import { formatNumber, formatTable } from '#load/report/table.ts';
import type { Compared } from './compare.ts';

/** A comparison for the terminal. */
export function describeComparison({ sides, figures, pairs, spoiled, isComplete }: Compared): string {
  const rows = figures.map(({ name, unit, a, b, ratio, wins }) => [
    name,
    ...[a, b].map((value) => `${formatNumber(value)} ${unit}`.trim()),
    formatNumber(ratio),
    `${wins} of ${pairs.length}`,
  ]);
  return [
    '',
    `  A: ${sides[0]}`,
    `  B: ${sides[1]}`,
    '',
    formatTable([['median', 'A', 'B', 'B ÷ A', 'B better in'], ...rows]),
    '',
    `  ${pairs.length} pairs${spoiled.length > 0 ? `, ${spoiled.length} runs thrown away` : ''}`,
    ...(isComplete ? [] : ['  NOT ENOUGH PAIRS: the machine was not quiet for long enough']),
  ].join('\n');
}
