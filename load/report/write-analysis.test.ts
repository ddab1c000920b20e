import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { reportAssumptions } from '#load/model/assumptions.ts';
import { latencyAt } from '#load/model/latency-curve.ts';
import { capacityRun } from '#load/model/run.ts';
import { readRuns, type StoredRun } from './read-runs.ts';
import { toHtml } from './to-html.ts';
import { toMarkdown } from './to-markdown.ts';
import { writeAnalysis } from './write-analysis.ts';

const runs = readRuns('load/results');
const write = (of: readonly StoredRun[]) => writeAnalysis(of, reportAssumptions);
const isReplaced = ({ file }: StoredRun) => file.includes('replaced-system');

describe('by the inputs of the replaced system', () => {
  const words = toMarkdown(write(runs.filter(isReplaced)));
  const line = (start: string) => words.split('\n').filter((one) => one.startsWith(`| **${start}**`));

  test.each([
    ['Baseline', '| **Baseline** | 10 min | 658 | 0.00 % | 20.6 ms | 1/s |'],
    ['Burst', '| **Burst** | 3 min | 16,194 | 0.88 % | 381 ms | 92.8/s |'],
    ['Stress', '| **Stress** | 9 min | 27,771 | 2.15 % | 53.9 ms | 51.4/s |'],
    ['Conservative', '| 108,000 | 1,728,000 |'],
    ['Optimal', '| 180,000 | 2,880,000 |'],
    ['Average rate', '| 16.7/s | 30/s |'],
    ['Daily budget of calls', '| 960,000 | 1,728,000 |'],
    ['Messages a day', '| 384,000 | 691,200 |'],
    ['Active leads a day', '| 25,600 | 46,080 |'],
    ['Total leads', '| 85,333 | 153,600 |'],
    ['Small scale', '| 10 | 5,000 | 1,500 | 22,500 | 225,000 |'],
    ['Medium scale', '| 50 | 3,000 | 900 | 13,500 | 675,000 |'],
    ['Current maximum', '| 100 | 1,500 | 450 | 6,750 | 675,000 |'],
    ['System limit', '| 150 | 1,000 | 300 | 4,500 | 675,000 |'],
    ['MVP / Pilot', '| Excellent | No changes needed |'],
    ['P0', '| Increase DB connection pool | +20% throughput |'],
  ])('%s says what the report of that system says, or should', (start, figures) => {
    expect(line(start).join('\n')).toContain(figures);
  });

  test('the peak day, the ratings and the limits too', () => {
    expect(line('Peak').join('\n')).toContain('| 324,000 | 5,184,000 |');
    const byPeak = ['MVP / Pilot', 'Early stage', 'Growth', 'Scale'].map(
      (name) => line(name)[0]?.split(' | ')[5],
    );
    expect(byPeak).toEqual(['Excellent', 'Good', 'Marginal', 'At risk']);
    const limits = ['Pilot', 'Standard', 'Maximum'].map((name) => line(name)[1]?.split(' | ').slice(1, 3));
    expect(limits).toEqual([
      ['10', '5,000'],
      ['50', '3,000'],
      ['100', '1,500'],
    ]);
    expect(words).toContain(
      'shows messages per client in its first row (22,500) and active leads in total in the others (45,000)',
    );
  });

  test('every table of figures names the run', () => {
    expect(words.split('Measured in `load/results/replaced-system-2026-02-04.json`').length).toBeGreaterThan(
      9,
    );
  });
});

describe('by runs of an installation', () => {
  const curve = { idle: 5, slope: 5, limit: 300 };
  const run = capacityRun.parse({
    scenario: 'breakpoint',
    unit: 'turn',
    points: [15, 30, 60, 100, 150, 200, 240, 270, 290].map((offered) => ({
      ...{ offered, achieved: offered, seconds: 8, errorShare: 0 },
      ...{
        p50: latencyAt(curve, offered) / 3,
        p95: latencyAt(curve, offered),
        p99: 2 * latencyAt(curve, offered),
      },
      resources: [
        { name: 'CPU, whole machine', used: offered / 160, of: 2 },
        { name: 'CPU, worker', used: offered / 400, of: 1 },
      ],
    })),
    tests: [{ name: 'breakpoint', seconds: 72, requests: 10_840, errorShare: 0, p95: 150, peakRate: 290 }],
    course: {
      sliceSeconds: 1,
      slices: [
        { offered: 10, p95: 5 },
        { offered: 20, p95: null },
        { offered: 30, p95: 9 },
      ],
    },
    surroundings: { at: '2026-11-28T00:00:00Z', node: 'v24.0.0' },
    verdict: { state: 'valid', reasons: [] },
  });
  const stored = { file: 'load/results/breakpoint.json', run };
  const blocks = write([...runs.filter(isReplaced), stored]);
  const words = toMarkdown(blocks);

  test('the sentence follows from what is sold by the formula below it', () => {
    const [, sold = ''] = /\| \*\*Sustainable\*\* \| ([\d.]+)\/s/.exec(words) ?? [];
    const [, active = ''] = /carries ([\d,]+) active conversations a day/.exec(words) ?? [];
    const byHand = (((Number(sold) * 2) / 3) * (3_600 * 16)) / 15;
    expect(Math.abs(Number(active.replaceAll(',', '')) / byHand - 1)).toBeLessThan(0.005);
  });

  test('what is fullest comes first, and its remedy ends where the next is full', () => {
    expect(words).toContain('| **CPU, whole machine** | 91 % | 320/s |');
    expect(words).toContain('| at most +25 %, then CPU, worker is full |');
  });

  test('the page is whole: a chart of the curve, nothing from elsewhere, nothing unescaped', () => {
    const page = toHtml('Load & test', blocks);
    expect(page).toContain('<title>Load &amp; test</title>');
    expect(page).toMatch(/<svg viewBox=.*knee \d+\/s/);
    expect(page).not.toMatch(/NaN|undefined|Infinity|https?:|<script/);
    expect(words).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('a void run is listed and nothing is computed from it', () => {
    const spoilt = { ...run, verdict: { state: 'void' as const, reasons: ['the disk was slow'] } };
    const said = toMarkdown(
      write([...runs.filter(isReplaced), { file: 'load/results/spoilt.json', run: spoilt }]),
    );
    expect(said).not.toContain('This installation carries');
  });
});

test('the committed analysis is what the committed runs say', () => {
  const blocks = write(runs);
  expect(readFileSync('docs/load-test-analysis.md', 'utf8')).toBe(toMarkdown(blocks));
  expect(readFileSync('docs/load-test-analysis.html', 'utf8')).toBe(toHtml('Load test analysis', blocks));
});
