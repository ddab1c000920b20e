import { TRPCClientError } from '@trpc/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setGivingUp } from './giving-up.ts';
import { keepConnected } from './live-connection.ts';
import type { Connection } from './shared-stream.ts';

type Observer = Parameters<Parameters<typeof keepConnected>[0]['inbox']['live']['subscribe']>[1];

/** What the browser's end of one attempt does, played by hand. */
type Line = { at: number; closed: boolean; observer: Observer };

let lines: Line[] = [];
let told: string[] = [];
let connection: Connection;
let refusal: Error | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  vi.stubGlobal(
    'window',
    Object.assign(new EventTarget(), { location: { reload: () => told.push('reload') } }),
  );
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  [lines, told, refusal] = [[], [], undefined];
  connection = keepConnected(client as never, 'acme', {
    up: () => told.push('up'),
    down: () => told.push('down'),
    news: ({ conversations }) => told.push(`news ${conversations ?? 'of everything'}`),
  });
});

afterEach(() => {
  connection.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const client = {
  inbox: {
    live: {
      subscribe: (_: unknown, observer: Observer) => {
        const line: Line = { at: Date.now(), closed: false, observer };
        lines.push(line);
        return {
          unsubscribe: () => {
            line.closed = true;
            observer.onComplete?.();
          },
        };
      },
    },
  },
  tenants: { current: { query: async () => (refusal ? Promise.reject(refusal) : {}) } },
};

const answers = ({ observer }: Line) => observer.onData?.({ conversations: null });
const beats = ({ observer }: Line) => observer.onData?.({ conversations: [] });
const newest = () => lines.at(-1) as Line;
const open = () => lines.filter(({ closed }) => !closed);

async function pass(milliseconds: number, each: () => void = () => {}) {
  for (let at = 0; at < milliseconds; at += 250) {
    await vi.advanceTimersByTimeAsync(250);
    each();
  }
}

/** A line that is up and beats each second. */
async function live(milliseconds = 1_000) {
  answers(newest());
  const line = newest();
  await pass(milliseconds, () => beats(line));
  return line;
}

test('it begins with everything and stays with one stream while that beats', async () => {
  await live(60_000);
  expect(told).toEqual(['down', 'up', 'news of everything']);
  expect(lines).toHaveLength(1);
});

describe('a line that swallows everything', () => {
  test('is noticed by its silence, and its return within a second and a half', async () => {
    await live();
    await pass(2_750);
    expect(told.at(-1)).toBe('down');
    expect(lines).toHaveLength(2);
    await pass(9_250);
    expect(open().length).toBeLessThanOrEqual(3);
    // From here on attempts arrive; those that began before are lost for ever.
    const back = Date.now();
    await pass(3_000, () => {
      if (told.at(-1) === 'down' && newest().at >= back) answers(newest());
      else if (told.at(-1) !== 'down') beats(newest());
    });
    expect(newest().at - back).toBeLessThan(1_500);
    expect(told.slice(-2)).toEqual(['up', 'news of everything']);
    expect(open()).toEqual([newest()]);
  });

  test('for a moment only, and then goes on, is not given up, and what it may have lost is fetched', async () => {
    const line = await live();
    await pass(2_750);
    beats(line);
    expect(told.slice(-3)).toEqual(['down', 'up', 'news of everything']);
    expect(open()).toEqual([line]);
  });

  test('is doubted at once when the browser says that there is a network', async () => {
    await live();
    await pass(1_500);
    expect(lines).toHaveLength(1);
    window.dispatchEvent(new Event('online'));
    expect(lines).toHaveLength(2);
  });

  test('is not doubted while it beats, whatever one hears', async () => {
    await live();
    for (let time = 0; time < 20; time += 1) {
      window.dispatchEvent(new Event('focus'));
      connection.look(true);
    }
    expect(lines).toHaveLength(1);
  });
});

test('a server that takes seven seconds to answer is waited for, whatever is tried meanwhile', async () => {
  await pass(7_000);
  const [first] = open();
  expect(first?.at).toBe(lines[0]?.at);
  answers(first as Line);
  expect(open()).toEqual([first]);
  expect(told.at(-1)).toBe('news of everything');
});

test('a server that is away is asked about once a second by who looks, and seldom by who does not', async () => {
  const refuse = () => {
    for (const { observer } of open()) observer.onError?.(new Error('refused') as never);
  };
  await pass(20_000, refuse);
  expect(lines.length).toBeGreaterThan(15);
  expect(lines.length).toBeLessThan(25);
  const before = lines.length;
  Object.assign(document, { visibilityState: 'hidden' });
  await pass(20_000, refuse);
  expect(lines.length - before).toBeLessThan(5);
});

test('hints in a crowd make no crowd of attempts', async () => {
  await live();
  await pass(3_000);
  const before = lines.length;
  for (let time = 0; time < 100; time += 1) {
    connection.look(true);
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(lines.length - before).toBeLessThanOrEqual(2);
});

describe('who is no member any more sees the page that says so', () => {
  const notFound = new TRPCClientError<never>('Not found.', {
    result: { error: { data: { code: 'NOT_FOUND' } } } as never,
  });

  test('when the stream ends', async () => {
    const line = await live();
    refusal = notFound;
    line.observer.onComplete?.();
    await pass(250);
    expect(told.at(-1)).toBe('reload');
  });

  test('unless they give their place up here, and go elsewhere', () => {
    setGivingUp(true);
    newest().observer.onError?.(notFound);
    setGivingUp(false);
    expect(told).not.toContain('reload');
  });

  test('when a new one is refused', () => {
    newest().observer.onError?.(notFound);
    expect(told.at(-1)).toBe('reload');
    expect(told).not.toContain('up');
  });
});

test('once closed it is silent', async () => {
  const line = await live();
  connection.close();
  await pass(30_000, () => beats(line));
  expect(lines).toHaveLength(1);
  expect(open()).toEqual([]);
  expect(told).toEqual(['down', 'up', 'news of everything']);
});
