import { groupSize, groupWaiting } from '#server/metrics.ts';

/** The queue in front of a committer is full: nothing was taken, try again later. */
export class QueueFull extends Error {}

type Waiting<Item, Result> = {
  item: Item;
  weight: number;
  since: number;
  settle: PromiseWithResolvers<Result>;
};

type Settings<Item, Result> = {
  name: string;
  /** Commits the items together and answers one result for each, in order. When it throws, all of them failed. */
  commit: (items: Item[]) => Promise<Result[]>;
  /** What an item costs (rows, say); 1 each unless told. */
  weigh?: (item: Item) => number;
  /** Commits at the same time. */
  lanes?: number;
  /** The weight that one commit takes at most; one item alone may be heavier. */
  mostTogether?: number;
  /** The weight that may wait; beyond it `add` is refused with QueueFull. */
  mostWaiting?: number;
  /** As long as somebody waits longer than this for a commit to begin, `add` is refused too. Milliseconds. */
  longestWait?: number;
};

// One more commit begins beside others only for a fair share of what the heaviest of them carries: else one lane takes
// all that waits, and the other makes a commit of its own for each that comes meanwhile.
const fairShare = 1 / 4;

/**
 * What arrives while a commit is under way shares the next one; an idle committer commits at once, no timer.
 * `add` resolves when the item's commit has ended. `drained` resolves once nothing waits any more.
 */
export function groupCommitter<Item, Result>(settings: Settings<Item, Result>) {
  const { name, commit, weigh = () => 1, lanes = 2, mostTogether = 500 } = settings;
  const { mostWaiting = 10_000, longestWait = Number.POSITIVE_INFINITY } = settings;
  const waiting: Waiting<Item, Result>[] = [];
  let waitingWeight = 0;
  let beginning = false;
  const running = new Map<Waiting<Item, Result>[], number>();
  let onDrained: (() => void)[] = [];

  function add(item: Item): Promise<Result> {
    const weight = weigh(item);
    const since = performance.now();
    const [oldest] = waiting;
    if (oldest && (waitingWeight + weight > mostWaiting || since - oldest.since > longestWait))
      return Promise.reject(new QueueFull(name));
    const settle = Promise.withResolvers<Result>();
    waiting.push({ item, weight, since, settle });
    changeWaiting(weight);
    if (!beginning && isDue()) {
      beginning = true;
      // What the same tick brings belongs to the same commit.
      queueMicrotask(begin);
    }
    return settle.promise;
  }

  function isDue() {
    const heaviest = Math.max(0, ...running.values());
    return waiting.length > 0 && running.size < lanes && waitingWeight >= heaviest * fairShare;
  }

  function begin() {
    beginning = false;
    while (isDue()) void commitGroup(next());
    if (running.size > 0) return;
    for (const resolve of onDrained) resolve();
    onDrained = [];
  }

  function next() {
    let weight = 0;
    let count = 0;
    for (const entry of waiting) {
      if (count > 0 && weight + entry.weight > mostTogether) break;
      weight += entry.weight;
      count += 1;
    }
    changeWaiting(-weight);
    const group = waiting.splice(0, count);
    running.set(group, weight);
    return group;
  }

  async function commitGroup(group: Waiting<Item, Result>[]) {
    groupSize.observe({ committer: name }, group.length);
    try {
      const results = await commit(group.map(({ item }) => item));
      if (results.length !== group.length)
        throw new Error(`${name} answered ${results.length} of ${group.length}`);
      for (const [index, result] of results.entries()) group[index]?.settle.resolve(result);
    } catch (error) {
      for (const { settle } of group) settle.reject(error);
    }
    running.delete(group);
    begin();
  }

  function changeWaiting(by: number) {
    waitingWeight += by;
    groupWaiting.set({ committer: name }, waitingWeight);
  }

  function drained(): Promise<void> {
    if (running.size === 0 && waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => onDrained.push(resolve));
  }

  return { add, drained };
}
