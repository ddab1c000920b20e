import { expect, test } from 'vitest';
import { commitGroups, growth, parseMetrics } from './scrape-metrics.ts';

const page = (sum: number, count: number, quarantined: number) => `# HELP parley_commit_group_size Items
# TYPE parley_commit_group_size histogram
parley_commit_group_size_bucket{le="1",committer="ingest"} 4
parley_commit_group_size_sum{committer="ingest"} ${sum}
parley_commit_group_size_count{committer="ingest"} ${count}
parley_commit_group_size_sum{committer="idle"} 7
parley_commit_group_size_count{committer="idle"} 7
parley_webhook_quarantined_total{reason="other-channel"} ${quarantined}
parley_webhook_quarantined_total{reason="refused"} 1
process_cpu_seconds_total 1.5e-3
`;

test('values are read by name and labels', () => {
  const metrics = parseMetrics(page(10, 5, 0));
  expect(metrics.get('process_cpu_seconds_total')).toBe(0.0015);
  expect(metrics.get('parley_commit_group_size_sum{committer="ingest"}')).toBe(10);
});

test('commits between two looks are told with what shared them', () => {
  expect(commitGroups(parseMetrics(page(10, 5, 0)), parseMetrics(page(110, 15, 0)))).toEqual([
    { committer: 'ingest', commits: 10, mean: 10 },
  ]);
});

test('all series of a counter grow together', () => {
  const grown = growth(
    parseMetrics(page(0, 0, 2)),
    parseMetrics(page(0, 0, 5)),
    'parley_webhook_quarantined_total',
  );
  expect(grown).toBe(3);
});
