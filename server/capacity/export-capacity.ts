import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { csvLine } from '#server/csv/csv-line.ts';
import { Refusal } from '#server/refusal.ts';
import { readCapacity } from './read-capacity.ts';

type File = { name: string; type: string; body: string };

// Every process of the product starts in the project's folder.
const reports = ['load-test-analysis.md', 'load-test-analysis.html'] as const;
const placeOf = (report: string) => path.resolve('docs', report);

/** Those of the written report's files that are there. */
export const reportFiles = (): string[] => reports.filter((report) => existsSync(placeOf(report)));

/** What the page shows as JSON or CSV, or one of the report's files. Throws Refusal. */
export async function exportCapacity(name: string): Promise<File> {
  if (name === 'capacity.json')
    return { name, type: 'application/json', body: `${JSON.stringify(await readCapacity(), null, 2)}\n` };
  if (name === 'capacity.csv') return { name, type: 'text/csv', body: csvOf(await readCapacity()) };
  const report = reportFiles().find((one) => one === name);
  if (!report) throw new Refusal('not-found', 'no-file', 'There is no such file.');
  const type = name.endsWith('.html') ? 'text/html' : 'text/markdown';
  return { name: report, type, body: readFileSync(placeOf(report), 'utf8') };
}

type Capacity = Awaited<ReturnType<typeof readCapacity>>;

/** One table after another, each under its title, with an empty line between. */
function csvOf({ at, measured, selling, tiers, sold, used, busiest, traffic, runs }: Capacity): string {
  const tables = [
    [
      ['Capacity', at],
      ['Measured by', measured?.name ?? null],
      ['Measured at', measured?.surroundings.at ?? null],
      ['Active conversations a day', measured?.active ?? null],
      ['Sold', sold],
      ['Used yesterday', used],
      ['Overcommit', selling.overcommit],
      ['Sold by (messages a second)', measured?.rate ?? null],
    ],
    [
      ['Tier', 'Each', 'Tenants', 'Sold', 'Used yesterday', 'Room for'],
      ...tiers.map((tier) => [
        tier.name,
        tier.activeConversations,
        tier.tenants,
        tier.sold,
        tier.used,
        tier.room,
      ]),
    ],
    [
      ['Offered a second', 'Achieved a second', 'p50 ms', 'p95 ms', 'p99 ms', 'Error share', 'Lost'],
      ...(measured?.points ?? []).map((point) => [
        ...[point.offered, point.achieved, point.p50, point.p95, point.p99, point.errorShare, point.lost],
      ]),
    ],
    [['Limit', 'Share'], ...(measured?.bottlenecks ?? []).map(({ name, share }) => [name, share])],
    [
      ['Busiest tenant yesterday', 'Tier', 'Active', 'Of quota'],
      ...busiest.map((one) => [one.name, one.tier, one.active, one.quota]),
    ],
    [['Today', 'Messages a second'], ...traffic.today.map((five) => [five.at, five.rate])],
    [
      ['Run', 'Scenario', 'Measured at', 'Carried a second', 'Unit', 'p95 ms', 'Lost', 'Verdict', 'In use'],
      ...runs.runs.map((run) => [
        ...[run.name, run.scenario, run.measuredAt, run.carried, run.unit, run.p95, run.lost],
        ...[[run.verdict.state, ...run.verdict.reasons].join(': '), run.inUse],
      ]),
    ],
  ];
  return tables.map((rows) => rows.map(csvLine).join('')).join('\r\n');
}
