import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type SharedStream, type StreamEvents, shareStream } from './shared-stream.ts';

// Node's own channels and locks play the browser's; the tabs are all in this process.
const soon = { timeout: 10_000 };
let name: string;
let streams: { tab: string; events: StreamEvents; looks: boolean[]; isOpen: boolean }[] = [];
let tabs: SharedStream[] = [];

beforeEach(() => {
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  [name, streams, tabs] = [randomUUID(), [], []];
});
afterEach(() => {
  for (const tab of tabs) tab.leave();
  vi.unstubAllGlobals();
});

function open(tab: string) {
  const told: string[] = [];
  const shared = shareStream({
    name,
    connect: (events) => {
      const stream = { tab, events, looks: [] as boolean[], isOpen: true };
      streams.push(stream);
      return {
        look: (isDoubted) => stream.looks.push(isDoubted),
        close: () => {
          stream.isOpen = false;
        },
      };
    },
    tab: {
      up: () => told.push('up'),
      down: () => told.push('down'),
      news: ({ conversations }) => told.push(`news ${conversations ?? 'of everything'}`),
    },
  });
  tabs.push(shared);
  return { shared, told };
}

const openStreams = () => streams.filter(({ isOpen }) => isOpen).map(({ tab }) => tab);

async function two() {
  const first = open('first');
  await expect.poll(openStreams, soon).toEqual(['first']);
  streams[0]?.events.up();
  const second = open('second');
  await expect.poll(() => second.told, soon).toContain('news of everything');
  return { first, second };
}

test('one tab holds the stream and the other hears what it brings', async () => {
  const { first, second } = await two();
  streams[0]?.events.news({ conversations: ['a'] });
  await expect.poll(() => second.told.at(-1), soon).toBe('news a');
  expect(first.told).toEqual(['up', 'news a']);
  expect(openStreams()).toEqual(['first']);
});

test('a tab in sight has the one that holds the stream look at it, and passes its doubts on', async () => {
  const { second } = await two();
  const looks = streams[0]?.looks ?? [];
  await expect.poll(() => looks.length, soon).toBeGreaterThan(2);
  expect(looks).not.toContain(true);
  second.shared.doubt();
  await expect.poll(() => looks, soon).toContain(true);
});

test('when the one that holds it leaves, the other takes over', async () => {
  const { first } = await two();
  first.shared.leave();
  await expect.poll(openStreams, soon).toEqual(['second']);
});

test('one that has fallen asleep with it is not waited for', async () => {
  await two();
  // It holds its lock, and says nothing any more.
  vi.spyOn(BroadcastChannel.prototype, 'postMessage').mockImplementation(() => {});
  await expect.poll(() => openStreams().includes('second'), soon).toBe(true);
  vi.restoreAllMocks();
  expect(openStreams()).toEqual(['second']);
});
