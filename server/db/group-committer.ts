import { groupSize, groupWaiting } from '#server/metrics.ts';

/** The queue in front of a committer is full: nothing was taken, try again later. */
export class QueueFull extends Error {}

type Waiting<Item, Result> = {
  item: Item;
  weight: number;
  since: number;
  settle: PromiseWithResolvers<Result>;
};

/** What waits of one party's, oldest first. */
type Line<Item, Result> = { weight: number; waiting: Waiting<Item, Result>[] };

type Settings<Item, Result> = {
  name: string;
  /** Commits the items together and answers one result for each, in order. When it throws, all of them failed. */
  commit: (items: Item[]) => Promise<Result[]>;
  /** Whose an item is: where more waits than one commit takes, they take turns. All are one's unless told. */
  partyOf?: (item: Item) => string;
  /** What an item costs (rows, say); 1 each unless told. */
  weigh?: (item: Item) => number;
  /** Commits at the same time. */
  lanes?: number;
  /** The weight that one commit takes at most; one item alone may be heavier. */
  mostTogether?: number;
  /**
   * The weight that may wait; beyond it `add` is refused with QueueFull, but for a party of which less waits than its
   * part of that: who floods takes no one else's place. Never more than twice as much waits.
   */
  mostWaiting?: number;
  /** As long as something of the same party waits longer than this for a commit to begin, `add` is refused too. Milliseconds. */
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
  const { mostWaiting = 10_000, longestWait = Number.POSITIVE_INFINITY, partyOf = () => '' } = settings;
  /** A line for each party of which something waits; whose turn it was last stands at the end. */
  const lines = new Map<string, Line<Item, Result>>();
  let waitingWeight = 0;
  let beginning = false;
  const running = new Map<Waiting<Item, Result>[], number>();
  let onDrained: (() => void)[] = [];

  function add(item: Item): Promise<Result> {
    const weight = weigh(item);
    const since = performance.now();
    const party = partyOf(item);
    const line = lines.get(party) ?? { weight: 0, waiting: [] };
    if (isFull(line, weight, since)) return Promise.reject(new QueueFull(name));
    const settle = Promise.withResolvers<Result>();
    line.waiting.push({ item, weight, since, settle });
    lines.set(party, line);
    changeWaiting(line, weight);
    if (!beginning && isDue()) {
      beginning = true;
      // What the same tick brings belongs to the same commit.
      queueMicrotask(begin);
    }
    return settle.promise;
  }

  function isFull(line: Line<Item, Result>, weight: number, now: number) {
    const [oldest] = line.waiting;
    if (oldest && now - oldest.since > longestWait) return true;
    if (waitingWeight === 0 || waitingWeight + weight <= mostWaiting) return false;
    const parties = lines.size + (oldest ? 0 : 1);
    return line.weight + weight > mostWaiting / parties || waitingWeight + weight > 2 * mostWaiting;
  }

  function isDue() {
    const heaviest = Math.max(0, ...running.values());
    return lines.size > 0 && running.size < lanes && waitingWeight >= heaviest * fairShare;
  }

  function begin() {
    beginning = false;
    while (isDue()) void commitGroup(next());
    if (running.size > 0) return;
    for (const resolve of onDrained) resolve();
    onDrained = [];
  }

  /** One of each party's by turns, each party's in order, until the group is heavy enough. */
  function next() {
    const group: Waiting<Item, Result>[] = [];
    let weight = 0;
    // A map goes on to what is set while it is walked: a party that has more stands at the end again.
    for (const [party, line] of lines) {
      const [entry] = line.waiting;
      if (!entry || (group.length > 0 && weight + entry.weight > mostTogether)) break;
      group.push(entry);
      weight += entry.weight;
      line.waiting.shift();
      changeWaiting(line, -entry.weight);
      lines.delete(party);
      if (line.waiting.length > 0) lines.set(party, line);
    }
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

  function changeWaiting(line: Line<Item, Result>, by: number) {
    line.weight += by;
    waitingWeight += by;
    groupWaiting.set({ committer: name }, waitingWeight);
  }

  function drained(): Promise<void> {
    if (running.size === 0 && lines.size === 0) return Promise.resolve();
    return new Promise((resolve) => onDrained.push(resolve));
  }

  /** How long what has waited longest for a commit to begin has waited. Milliseconds; 0 when nothing waits. */
  function longestWaiting(): number {
    const oldest = Math.min(
      ...lines.values().map(({ waiting: [first] }) => first?.since ?? Number.POSITIVE_INFINITY),
    );
    return oldest === Number.POSITIVE_INFINITY ? 0 : performance.now() - oldest;
  }

  return { add, drained, longestWaiting };
}
