/** One look at a Prometheus page: values by `name{labels}`. */
export type Metrics = ReadonlyMap<string, number>;

/** What several processes counted, added up; empty where there is no such page. */
export async function scrapeMetrics(origins: readonly string[]): Promise<Metrics> {
  const sums = new Map<string, number>();
  for (const origin of origins) {
    const answer = await fetch(`${origin}/metrics`, { signal: AbortSignal.timeout(5_000) }).catch(
      () => undefined,
    );
    if (!answer?.ok) continue;
    for (const [key, value] of parseMetrics(await answer.text())) sums.set(key, (sums.get(key) ?? 0) + value);
  }
  return sums;
}

export function parseMetrics(text: string): Metrics {
  const lines = text.matchAll(/^([a-zA-Z_:][\w:]*(?:\{.*\})?) (\S+)$/gm);
  return new Map([...lines].map(([, key = '', value]) => [key, Number(value)]));
}

/** How many shared one commit, by committer, between two looks. */
export type CommitGroups = { readonly committer: string; readonly commits: number; readonly mean: number };

export function commitGroups(before: Metrics, after: Metrics): CommitGroups[] {
  const grown = (key: string) => (after.get(key) ?? 0) - (before.get(key) ?? 0);
  return [...after.keys()].flatMap((key) => {
    const labels = /^parley_commit_group_size_count(\{.*committer="([^"]+)".*\})$/.exec(key);
    if (!labels?.[1] || !labels[2]) return [];
    const commits = grown(key);
    if (commits <= 0) return [];
    return [
      { committer: labels[2], commits, mean: grown(`parley_commit_group_size_sum${labels[1]}`) / commits },
    ];
  });
}

/** How much all series of a counter grew together. */
export function growth(before: Metrics, after: Metrics, name: string): number {
  const sum = (metrics: Metrics) =>
    [...metrics].reduce((total, [key, value]) => total + (key.split('{')[0] === name ? value : 0), 0);
  return sum(after) - sum(before);
}
