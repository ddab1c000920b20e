import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { groupCommitter, QueueFull } from './group-committer.ts';

type Group = { items: number[]; end: PromiseWithResolvers<number[]> };

/** A committer whose commits end when they are told to. */
function committer(
  part: { lanes?: number; mostTogether?: number; mostWaiting?: number; longestWait?: number } = {},
) {
  const groups: Group[] = [];
  const made = groupCommitter<number, number>({
    name: 'test',
    commit: (items) => {
      const end = Promise.withResolvers<number[]>();
      groups.push({ items, end });
      return end.promise;
    },
    weigh: (item) => item,
    lanes: 1,
    ...part,
  });
  const end = (index: number) => groups[index]?.end.resolve(groups[index]?.items ?? []);
  return { ...made, groups, end };
}
const soon = () => new Promise((resolve) => setImmediate(resolve));

test('an idle committer commits at once, and what comes meanwhile shares the next commit', async () => {
  const { add, groups, end } = committer();
  const first = add(1);
  await soon();
  const rest = [add(2), add(3), add(4)];
  await soon();
  expect(groups.map(({ items }) => items)).toEqual([[1]]);
  end(0);
  await first;
  await soon();
  expect(groups.map(({ items }) => items)).toEqual([[1], [2, 3, 4]]);
  end(1);
  expect(await Promise.all(rest)).toEqual([2, 3, 4]);
});

test('a group is no heavier than allowed, except for one heavy item alone', async () => {
  const { add, groups, end } = committer({ mostTogether: 5 });
  const all = [9, 2, 3, 4, 7].map((item) => add(item));
  for (let index = 0; index < 4; index += 1) {
    await soon();
    end(index);
  }
  await Promise.all(all);
  expect(groups.map(({ items }) => items)).toEqual([[9], [2, 3], [4], [7]]);
});

test('no more commits run at once than there are lanes', async () => {
  const { add, groups } = committer({ lanes: 2, mostTogether: 1 });
  for (let item = 1; item <= 5; item += 1) void add(item);
  await soon();
  expect(groups).toHaveLength(2);
});

test('beside a heavy commit another begins only for a fair share of it, and beside a light one at once', async () => {
  const { add, groups, end } = committer({ lanes: 2 });
  void add(100);
  await soon();
  void add(20);
  await soon();
  expect(groups).toHaveLength(1);
  void add(5);
  await soon();
  expect(groups.map(({ items }) => items)).toEqual([[100], [20, 5]]);
  end(0);
  await soon();
  void add(7);
  await soon();
  expect(groups.at(-1)?.items).toEqual([7]);
});

describe('a full queue', () => {
  test('refuses what is too much, and takes again once there is room', async () => {
    const { add, end } = committer({ mostTogether: 1, mostWaiting: 3 });
    const first = add(1);
    await soon();
    const second = add(3);
    await expect(add(1)).rejects.toBeInstanceOf(QueueFull);
    end(0);
    await first;
    await soon();
    const third = add(1);
    end(1);
    await second;
    await soon();
    end(2);
    expect(await third).toBe(1);
  });

  test('is one where somebody has waited too long, and takes again once they are served', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { add, end } = committer({ longestWait: 2_000 });
    const first = add(1);
    await soon();
    const second = add(1);
    vi.advanceTimersByTime(2_000);
    const third = add(1);
    vi.advanceTimersByTime(1);
    await expect(add(1)).rejects.toBeInstanceOf(QueueFull);
    end(0);
    await first;
    await soon();
    const fourth = add(1);
    end(1);
    expect(await Promise.all([second, third])).toEqual([1, 1]);
    await soon();
    end(2);
    expect(await fourth).toBe(1);
  });

  test('takes one item that is heavier than the whole queue, if nothing waits', async () => {
    const { add, end } = committer({ mostWaiting: 3 });
    const heavy = add(100);
    await soon();
    end(0);
    expect(await heavy).toBe(100);
  });
});

test('a commit that fails fails its own group, and the next one goes on', async () => {
  const { add, groups, end } = committer();
  const first = add(1);
  await soon();
  const second = add(2);
  groups[0]?.end.reject(new Error('no'));
  await expect(first).rejects.toThrow('no');
  await soon();
  end(1);
  expect(await second).toBe(2);
});

test('a commit that answers for too few fails all of them', async () => {
  const { add, groups } = committer();
  const both = Promise.allSettled([add(1), add(2)]);
  await soon();
  groups[0]?.end.resolve([1]);
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('drained waits for everything that was added', async () => {
  const { add, drained, end } = committer();
  let done = false;
  const item = add(1);
  const waiting = drained().then(() => {
    done = true;
  });
  await soon();
  expect(done).toBe(false);
  end(0);
  await Promise.all([item, waiting]);
  expect(done).toBe(true);
  await drained();
});

test('whatever comes in whatever turn, each item gets its own answer, in as many commits as it takes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ weight: fc.integer({ min: 1, max: 9 }), pause: fc.nat(3) }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 3 }),
      async (items, lanes) => {
        const { add } = groupCommitter<{ index: number; weight: number }, number>({
          name: 'test',
          commit: async (group) => {
            for (let turn = 0; turn < (group[0]?.index ?? 0) % 4; turn += 1) await Promise.resolve();
            return group.map(({ index }) => index);
          },
          weigh: ({ weight }) => weight,
          lanes,
          mostTogether: 10,
        });
        const answers: Promise<number>[] = [];
        for (const [index, { weight, pause }] of items.entries()) {
          answers.push(add({ index, weight }));
          for (let turn = 0; turn < pause; turn += 1) await Promise.resolve();
        }
        expect(await Promise.all(answers)).toEqual(items.map((_, index) => index));
      },
    ),
  );
});

describe('where more waits than one commit takes', () => {
  type Item = { of: string; n: number };
  const parted = (part: { mostTogether?: number; mostWaiting?: number; longestWait?: number }) => {
    const groups: { items: Item[]; end: () => void }[] = [];
    const made = groupCommitter<Item, number>({
      ...{ name: 'test', lanes: 1, partyOf: ({ of }) => of, ...part },
      commit: (items) => {
        const { promise, resolve } = Promise.withResolvers<number[]>();
        groups.push({ items, end: () => resolve(items.map(({ n }) => n)) });
        return promise;
      },
    });
    return { ...made, groups };
  };
  const words = (items: Item[] = []) => items.map(({ of, n }) => `${of}${n}`).join(' ');

  test('parties take turns, each in its own order, so that a flood delays nobody else', async () => {
    const { add, groups } = parted({ mostTogether: 4 });
    void add({ of: 'a', n: 0 });
    await soon();
    for (let n = 1; n <= 8; n += 1) void add({ of: 'a', n });
    for (const of of ['b', 'c']) void add({ of, n: 1 });
    groups[0]?.end();
    await soon();
    groups[1]?.end();
    await soon();
    expect(groups.map(({ items }) => words(items))).toEqual(['a0', 'a1 b1 c1 a2', 'a3 a4 a5 a6']);
  });

  test('who floods is refused, and takes no one else’s place; what waits stays bounded', async () => {
    const { add, groups } = parted({ mostTogether: 4, mostWaiting: 10 });
    void add({ of: 'a', n: 0 });
    await soon();
    const flood = Array.from({ length: 30 }, (_, n) => add({ of: 'a', n: n + 1 }));
    const taken = await Promise.allSettled(flood.map((one) => Promise.race([one, soon()])));
    expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    const others = ['b', 'c', 'd', 'e', 'f'].map((of) => add({ of, n: 1 }));
    await expect(add({ of: 'a', n: 99 })).rejects.toThrow(QueueFull);
    groups[0]?.end();
    await soon();
    expect(words(groups[1]?.items)).toBe('a1 b1 c1 d1');
    groups[1]?.end();
    await soon();
    expect(words(groups[2]?.items)).toBe('e1 f1 a2 a3');
    expect(others).toHaveLength(5);
  });

  test('in any company everything that was taken is committed once, each party’s in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        async (parties, mostTogether) => {
          const { add, groups, drained } = parted({ mostTogether });
          const all = parties.map((party, n) => add({ of: String(party), n }));
          for (let index = 0; index <= parties.length; index += 1) {
            await soon();
            groups[index]?.end();
          }
          expect(await Promise.all(all)).toEqual(parties.map((_, n) => n));
          const committed = groups.flatMap(({ items }) => items);
          for (const party of new Set(parties)) {
            const own = committed.filter(({ of }) => of === String(party)).map(({ n }) => n);
            expect(own).toEqual(own.toSorted((a, b) => a - b));
          }
          await drained();
        },
      ),
    );
  });
});
