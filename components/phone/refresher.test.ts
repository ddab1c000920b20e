import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRefresher } from './refresher.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('many changes at once are two fetches: at once, and after the pause for what came meanwhile', async () => {
  const fetchAgain = vi.fn(async () => undefined);
  const refresh = createRefresher(fetchAgain, 200);
  for (let change = 0; change < 50; change += 1) refresh('wire');
  expect(fetchAgain).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(fetchAgain).toHaveBeenCalledTimes(2);
});

test('a change during a fetch is fetched after it', async () => {
  const fetchAgain = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 500)));
  const refresh = createRefresher(fetchAgain, 200);
  refresh('chat');
  await vi.advanceTimersByTimeAsync(300);
  refresh('chat');
  expect(fetchAgain).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(401);
  expect(fetchAgain).toHaveBeenCalledTimes(2);
});

test('topics do not wait for each other, and a failed fetch does not end the next', async () => {
  const fetchAgain = vi.fn(() => Promise.reject(new Error('gone')));
  const refresh = createRefresher(fetchAgain, 200);
  refresh('wire');
  refresh('people');
  expect(fetchAgain).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(300);
  refresh('wire');
  expect(fetchAgain).toHaveBeenCalledTimes(3);
});
