import type { Assumptions } from '#load/model/assumptions.ts';
import { capacityOf, type Interval } from '#load/model/capacity-of.ts';
import { averageRate, dailyCapacity } from '#load/model/daily-capacity.ts';
import { inMessages } from '#load/model/in-messages.ts';
import { courseChart } from './chart-course.ts';
import { latencyChart } from './chart-latency.ts';
import { type Block, heading, source, table, text } from './document.ts';
import type { System } from './system.ts';
import { formatNumber } from './table.ts';
import { capital, duration, milliseconds, percent, perSecond, whole } from './words.ts';

/** Each run in a line. */
export function resultsSection({ runs }: System): Block[] {
  return [
    heading(3, 'Test results summary'),
    table(
      ['Test', 'Duration', 'Requests', 'Errors', 'p95', 'Peak', 'Verdict', 'Run'],
      runs.flatMap(({ file, run }) =>
        (run.tests ?? []).map(({ name, seconds, requests, errorShare, p95, peakRate }) => [
          ...[`**${capital(name)}**`, duration(seconds), whole(requests), percent(errorShare, 2)],
          ...[milliseconds(p95), perSecond(peakRate), run.verdict.state, `\`${file}\``],
        ]),
      ),
    ),
  ];
}

/** What was carried a second, and the curve that says so. */
export function throughputSection(
  { basis, capacity, costs, counted }: System,
  assumptions: Assumptions,
): Block[] {
  const { run, file } = basis;
  const { sustainable, peak, knee, ceilings } = capacity;
  const row = (name: string, { value, low, high }: Interval, about: string) => [
    ...[`**${name}**`, perSecond(value), low === high ? '–' : `${perSecond(low)} to ${perSecond(high)}`],
    ...[perSecond(value / costs), about],
  ];
  const messages = capacityOf(inMessages(run, assumptions));
  return [
    heading(3, 'Raw throughput'),
    ...(run.points.length > 0
      ? [
          text(
            `A level counts when it keeps every objective: p95 of a turn up to ${run.objectives.p95} ms, up to ${percent(run.objectives.errorShare)} errors, a queue that does not grow, and nothing acknowledged that is not stored. The curve is that of a queue before a server, fitted by relative errors; the intervals are what ${percent(0.95)} of 400 fits of resampled residuals say.`,
          ),
        ]
      : [text('Nobody published a curve of this system: the rates are those that its report states.')]),
    table(
      ['Metric', capital(counted), '95 % sure', 'Messages, in and out', 'Is'],
      [
        row(
          'Sustainable',
          sustainable,
          capacity.basis === 'fitted' ? '70 % of the lower edge of the knee: what is sold' : 'stated',
        ),
        ...(knee ? [row('Knee', knee, 'from here on one more costs more than on average')] : []),
        row(
          'Peak',
          peak,
          capacity.basis === 'fitted' ? 'the most that keeps the objectives' : 'stated, for short bursts',
        ),
        ...(Number.isFinite(ceilings.fullest)
          ? [row('Ceiling of what is fullest', exactly(ceilings.fullest), 'utilisation law')]
          : []),
        ...(Number.isFinite(ceilings.scalability)
          ? [
              row(
                'Ceiling by the scalability law',
                exactly(ceilings.scalability),
                'Universal Scalability Law',
              ),
            ]
          : []),
      ],
    ),
    ...(run.stated?.breaking ? [text(`Breaking point: ${run.stated.breaking}.`)] : []),
    source(file),
    ...(messages?.fit
      ? [
          {
            kind: 'chart',
            svg: latencyChart(inMessages(run, assumptions), messages),
            caption: `p95 of a turn in ms against messages offered a second, in and out. Shaded: where the curve and the knee lie with a certainty of 95 %. From \`${file}\`.`,
          } as const,
        ]
      : []),
    ...(run.points.length > 0
      ? [
          table(
            [`${capital(counted)} offered`, 'Answered in time', 'p50', 'p95', 'p99', 'Errors', 'Broke'],
            run.points.map(({ offered, achieved, p50, p95, p99, errorShare, broke = [] }) => [
              ...[perSecond(offered), perSecond(achieved), ...[p50, p95, p99].map(milliseconds)],
              ...[percent(errorShare, 2), broke.join('; ') || 'nothing'],
            ]),
          ),
          source(file),
        ]
      : []),
  ];
}

/** The report's three scenarios, by this system's rates. */
export function dailySection({ basis, capacity, costs, counted }: System, assumptions: Assumptions): Block[] {
  const scenarios = [
    ['Conservative', averageRate(capacity.peak.value, assumptions), 'peak ÷ peak-hour factor'],
    ['Optimal', capacity.sustainable.value, 'sustainable'],
    ['Peak', capacity.peak.value, 'peak'],
  ] as const;
  return [
    heading(3, 'Daily capacity'),
    text(`An active window of ${assumptions.activeHours} hours.`),
    table(
      ['Scenario', `${capital(counted)}/s`, 'Is', `${capital(counted)}/hour`, `${capital(counted)}/day`],
      scenarios.map(([name, rate, about]) => {
        const { callsPerHour, calls } = dailyCapacity(rate, costs, assumptions);
        return [`**${name}**`, formatNumber(rate), about, whole(callsPerHour), whole(calls)];
      }),
    ),
    source(basis.file),
  ];
}

/** The runs that were not for capacity: what each told, and its course. */
export function otherRunsSection({ runs, basis }: System): Block[] {
  const others = runs.filter(({ file, run }) => file !== basis.file && (run.figures ?? []).length > 0);
  return others.flatMap(({ file, run }) => [
    heading(4, `${capital(run.scenario)}, ${run.surroundings.at.slice(0, 10)}`),
    ...(run.verdict.reasons.length > 0
      ? [text(`${capital(run.verdict.state)}: ${run.verdict.reasons.join('; ')}.`)]
      : []),
    table(
      ['Figure', 'Value'],
      (run.figures ?? []).map(({ name, value, unit }) => [
        name,
        value === null ? '–' : `${formatNumber(value)}${unit === '' ? '' : ` ${unit}`}`,
      ]),
    ),
    ...(run.course && run.course.slices.length > 1
      ? [
          {
            kind: 'chart',
            svg: courseChart(run),
            caption: `p95 of a turn over the seconds of the run (line), and what was offered (shape). From \`${file}\`.`,
          } as const,
        ]
      : []),
    source(file),
  ]);
}

/** What was sampled beside each run. */
export function besideSection({ runs }: System): Block[] {
  const watched = runs.filter(({ run }) => (run.beside?.samples.length ?? 0) > 0);
  if (watched.length === 0) return [];
  return [
    heading(3, 'Seen beside the runs'),
    table(
      [
        'Run',
        'CPU by process',
        'Connections',
        'Waits for locks',
        'WAL',
        'Oldest waiting',
        'Event-loop lag, p99',
      ],
      watched.map(({ file, run }) => {
        const samples = run.beside?.samples ?? [];
        const most = (of: (sample: (typeof samples)[number]) => number) => Math.max(0, ...samples.map(of));
        const seconds = samples.at(-1)?.second ?? 1;
        const names = [...new Set(samples.flatMap(({ loopLag }) => Object.keys(loopLag)))];
        return [
          `\`${file}\``,
          (run.usages ?? [])
            .filter(({ name }) => name !== 'load')
            .map(({ name, cpu }) => `${name} ${percent(cpu)}`)
            .join(', '),
          `${most(({ connections }) => connections)} of ${run.beside?.mostConnections}`,
          whole(most(({ waitingForLocks }) => waitingForLocks)),
          `${formatNumber(samples.reduce((sum, { wal }) => sum + wal, 0) / seconds)} MB/s`,
          `${formatNumber(most(({ oldest }) => oldest))} s`,
          names
            .map((name) => `${name} ${milliseconds(most(({ loopLag }) => loopLag[name] ?? 0))}`)
            .join(', '),
        ];
      }),
    ),
  ];
}

const exactly = (value: number): Interval => ({ value, low: value, high: value });
