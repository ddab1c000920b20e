import { groupSize, groupWaiting } from '#server/metrics.ts';

/** The queue in front of a committer is full: nothing was taken, try again later. */
export class QueueFull extends Error {}

type Waiting<Item, Result> = { item: Item; weight: number; settle: PromiseWithResolvers<Result> };

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
};

/**
 * What arrives while a commit is under way shares the next one; an idle committer commits at once, no timer.
 * `add` resolves when the item's commit has ended. `drained` resolves once nothing waits any more.
 */
export function groupCommitter<Item, Result>(settings: Settings<Item, Result>) {
  const { name, commit, weigh = () => 1, lanes = 2, mostTogether = 500, mostWaiting = 10_000 } = settings;
  const waiting: Waiting<Item, Result>[] = [];
  let waitingWeight = 0;
  let running = 0;
  let onDrained: (() => void)[] = [];

  function add(item: Item): Promise<Result> {
    const weight = weigh(item);
    if (waitingWeight + weight > mostWaiting && waiting.length > 0)
      return Promise.reject(new QueueFull(name));
    const settle = Promise.withResolvers<Result>();
    waiting.push({ item, weight, settle });
    changeWaiting(weight);
    if (running < lanes) void run();
    return settle.promise;
  }

  async function run() {
    running += 1;
    // What the same tick brings belongs to the same commit.
    await Promise.resolve();
    for (let group = next(); group.length > 0; group = next()) await commitGroup(group);
    running -= 1;
    if (running === 0) {
      for (const resolve of onDrained) resolve();
      onDrained = [];
    }
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
    return waiting.splice(0, count);
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
  }

  function changeWaiting(by: number) {
    waitingWeight += by;
    groupWaiting.set({ committer: name }, waitingWeight);
  }

  function drained(): Promise<void> {
    if (running === 0) return Promise.resolve();
    return new Promise((resolve) => onDrained.push(resolve));
  }

  return { add, drained };
}
