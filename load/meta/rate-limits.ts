/** Token buckets: `burst` at once, refilled by `perSecond`. */
export type Buckets = {
  /** Takes one token; false when there is none. `now` in milliseconds. */
  take(key: string, now: number, burst: number, perSecond: number): boolean;
  clear(): void;
};

const limit = 100_000;

export function createBuckets(): Buckets {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take: (key, now, burst, perSecond) => {
      const bucket = buckets.get(key) ?? { tokens: burst, at: now };
      const tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
      const enough = tokens >= 1;
      buckets.delete(key);
      buckets.set(key, { tokens: enough ? tokens - 1 : tokens, at: now });
      const [longestIdle] = buckets.keys();
      if (buckets.size > limit && longestIdle) buckets.delete(longestIdle);
      return enough;
    },
    clear: () => buckets.clear(),
  };
}
