import { formatNumber, formatTable } from '#load/report/table.ts';
import type { Report } from './report.ts';

/** A run for the terminal. */
export function describeReport(report: Report): string {
  const { verdict, surroundings, machine, rows } = report;
  const idle = (share: number | null) =>
    share === null ? 'idle unknown' : `${Math.round(share * 100)} % idle`;
  const parts = [
    `${report.scenario} · ${surroundings.commit ?? 'another product'} · ${surroundings.cpu}, ${surroundings.cores} cores · Node ${surroundings.node.slice(1)} · PostgreSQL ${surroundings.postgres ?? 'unknown'}`,
    formatTable(report.figures.map(({ name, value, unit }) => [name, formatNumber(value), unit])),
    formatTable([
      ['acknowledged', formatNumber(report.acknowledged)],
      ['not acknowledged', formatNumber(report.unacknowledged)],
      ['rows in the database', rows ? formatNumber(rows.rows) : 'not counted'],
      ...endings(report).map(([what, count]) => [`  requests: ${what}`, formatNumber(count)]),
    ]),
    ...(report.usages.length > 0
      ? [
          formatTable([
            ['process', 'CPU', 'peak', 'memory peak', 'at the end'],
            ...report.usages.map(({ name, cpu, cpuPeak, memoryPeak, memoryEnd }) => [
              name,
              ...[cpu, cpuPeak].map((cores) => `${Math.round(cores * 100)} %`),
              ...[memoryPeak, memoryEnd].map((megabytes) => `${Math.round(megabytes)} MB`),
            ]),
          ]),
        ]
      : []),
    ...(report.commits.length > 0
      ? [
          formatTable([
            ['committer', 'commits', 'items each'],
            ...report.commits.map(({ committer, commits, mean }) => [
              committer,
              formatNumber(commits),
              formatNumber(mean),
            ]),
          ]),
        ]
      : []),
    `  machine: ${machine.before.syncsPerSecond} fdatasync/s, ${idle(machine.before.idle)} before; ${machine.after.syncsPerSecond}, ${idle(machine.after.idle)} after${report.others === null ? '' : `; others used ${Math.round(report.others * 100)} %`}`,
    ...(report.notes.length > 0 ? [report.notes.map((note) => `  note: ${note}`).join('\n')] : []),
    [`  ${verdict.state.toUpperCase()}`, ...verdict.reasons.map((reason) => `  · ${reason}`)].join('\n'),
  ];
  return `\n${parts.join('\n\n')}\n`;
}

/** How often each answer was given, and each reason why there was none. */
function endings({ phases }: Report): [string, number][] {
  const sums = new Map<string, number>();
  for (const { statuses, failures } of phases)
    for (const [what, count] of Object.entries({ ...statuses, ...failures }))
      sums.set(what, (sums.get(what) ?? 0) + count);
  return [...sums];
}
