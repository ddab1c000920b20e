import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchUntilGap, lineIsBack, onHint } from './line.ts';

/** Requests that are under way; each waits until it is answered, or until its signal ends it. */
let asked: { method: string; answer: () => void; fail: () => void }[] = [];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', (_: string, { method = 'GET', signal }: RequestInit) => {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    signal?.addEventListener('abort', () => reject(signal.reason));
    const fail = () => reject(new TypeError('Failed to fetch'));
    asked.push({ method, answer: () => resolve(new Response('yes')), fail });
    return promise;
  });
});
afterEach(() => vi.unstubAllGlobals());

const isPending = async (promise: Promise<unknown>) =>
  (await Promise.race([promise.catch(() => 'failed'), new Promise((go) => setTimeout(go, 5, 'pending'))])) ===
  'pending';

test('a question that the cut swallowed fails once the line is back; what came after that waits', async () => {
  const before = fetchUntilGap('/question');
  lineIsBack(3_000);
  const after = fetchUntilGap('/question');
  await expect(before).rejects.toMatchObject({ name: 'NetworkError' });
  expect(await isPending(after)).toBe(true);
});

test('what changes something may take its time: it fails after a long gap only', async () => {
  const change = fetchUntilGap('/change', { method: 'POST' });
  lineIsBack(3_000);
  expect(await isPending(change)).toBe(true);
  lineIsBack(12_000);
  await expect(change).rejects.toMatchObject({ name: 'NetworkError' });
});

test('a moment is no gap', async () => {
  const question = fetchUntilGap('/question');
  lineIsBack(500);
  expect(await isPending(question)).toBe(true);
});

test('an answer and a failure are both hints, what was stopped is none', async () => {
  let hints = 0;
  const stopHints = onHint(() => {
    hints += 1;
  });
  const [answered, failed, stop] = [fetchUntilGap('/a'), fetchUntilGap('/b'), new AbortController()];
  const stopped = fetchUntilGap('/c', { signal: stop.signal });
  asked[0]?.answer();
  asked[1]?.fail();
  stop.abort();
  await Promise.allSettled([answered, failed, stopped]);
  expect(hints).toBe(2);
  stopHints();
});
