import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refresher, refreshPart } from './refresher.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function refresherWith(refresh: (changed: ReadonlySet<string> | null) => Promise<unknown>) {
  const refresher = new Refresher({
    queryClient: new QueryClient(),
    keysOf: () => [],
    everything: ['inbox'],
  });
  refresher.show({ concerns: () => true, refresh });
  return refresher;
}

test('the first news is acted on at once, what comes during the pause together after it', async () => {
  const seen: (string[] | null)[] = [];
  const refresher = refresherWith(async (changed) => seen.push(changed && [...changed]));
  refresher.hear({ conversations: ['a'] });
  await vi.advanceTimersByTimeAsync(0);
  expect(seen).toEqual([['a']]);
  refresher.hear({ conversations: ['b'] });
  refresher.hear({ conversations: ['c', 'b'] });
  await vi.advanceTimersByTimeAsync(250);
  expect(seen).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(seen).toEqual([['a'], ['b', 'c']]);
});

test('under steady news it fetches about once a second, and never twice at a time', async () => {
  let running = 0;
  let most = 0;
  let fetches = 0;
  const refresher = refresherWith(async () => {
    fetches += 1;
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 50));
    running -= 1;
  });
  for (let at = 0; at < 20_000; at += 20) {
    refresher.hear({ conversations: [String(at)] });
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(most).toBe(1);
  expect(fetches).toBeGreaterThan(15);
  expect(fetches).toBeLessThan(30);
});

test('"everything" swallows what was named', async () => {
  const seen: unknown[] = [];
  const refresher = refresherWith(async (changed) => seen.push(changed));
  refresher.hear({ conversations: ['a'] });
  refresher.hear({ conversations: null });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(seen).toEqual([null]);
});

test('without an answer it asks again for the same', async () => {
  const seen: (string[] | null)[] = [];
  const refresher = refresherWith(async (changed) => {
    seen.push(changed && [...changed]);
    if (seen.length === 1) throw new Error('no answer');
  });
  refresher.hear({ conversations: ['a'] });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(seen).toEqual([['a'], ['a']]);
});

test('after a gap what hangs is not waited for, and what it failed to fetch is in “everything”', async () => {
  const seen: unknown[] = [];
  const refresher = refresherWith((changed) => {
    seen.push(changed && [...changed]);
    return changed ? new Promise(() => {}) : Promise.resolve();
  });
  refresher.hear({ conversations: ['a'] });
  await vi.advanceTimersByTimeAsync(5_000);
  refresher.hear({ conversations: null });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(seen).toEqual([['a']]);
  refresher.gap();
  refresher.hear({ conversations: null });
  await vi.advanceTimersByTimeAsync(0);
  expect(seen).toEqual([['a'], null]);
  refresher.hear({ conversations: ['b'] });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(seen).toHaveLength(3);
});

test('a page that nobody sees waits until it is seen', async () => {
  const seen: unknown[] = [];
  vi.stubGlobal('document', { hidden: true });
  const refresher = refresherWith(async (changed) => seen.push(changed));
  refresher.hear({ conversations: ['a'] });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(seen).toEqual([]);
  vi.stubGlobal('document', { hidden: false });
  refresher.plan();
  await vi.advanceTimersByTimeAsync(0);
  expect(seen).toHaveLength(1);
});

test('a part does not get lost under a fetch of the whole that began before it', async () => {
  const queryClient = new QueryClient();
  const queryKey = ['thread'];
  queryClient.setQueryData(queryKey, ['old']);
  const whole = queryClient.fetchQuery({
    queryKey,
    queryFn: () => new Promise<string[]>((resolve) => setTimeout(() => resolve(['old', 'older']), 500)),
  });
  const part = refreshPart<string[], string>(
    queryClient,
    queryKey,
    async () => 'new',
    (data, fresh) => [...data, fresh],
  );
  await vi.advanceTimersByTimeAsync(1_000);
  await Promise.all([whole, part]);
  expect(queryClient.getQueryData(queryKey)).toEqual(['old', 'older', 'new']);
});
