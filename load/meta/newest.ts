/** A list that keeps the newest `limit` items: adding is O(1), and so is forgetting. */
export type Newest<T> = {
  add(item: T): void;
  items(): readonly T[];
  clear(): void;
};

/** `forget` hears each item that falls out at the old end. */
export function createNewest<T>(limit: number, forget?: (item: T) => void): Newest<T> {
  let kept: T[] = [];
  let start = 0;

  function compact() {
    kept = kept.slice(start);
    start = 0;
  }

  return {
    add: (item) => {
      kept.push(item);
      if (kept.length - start <= limit) return;
      const [oldest] = kept.slice(start, start + 1);
      if (oldest !== undefined) forget?.(oldest);
      start += 1;
      // Cutting one by one would move the whole array each time.
      if (start > limit / 4) compact();
    },
    items: () => {
      if (start > 0) compact();
      return kept;
    },
    clear: () => {
      kept = [];
      start = 0;
    },
  };
}
