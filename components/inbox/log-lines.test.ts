import { expect, test } from 'vitest';
import type { EventItem, MessageItem } from '#components/trpc/types.ts';
import { firstUnread, logLines } from './log-lines.ts';

function message(id: string, at: string, from: 'lead' | 'bot' | 'Mara' = 'lead'): MessageItem {
  const kind = from === 'Mara' ? 'member' : from;
  return {
    ...{
      type: 'message',
      id,
      at,
      direction: kind === 'lead' ? 'inbound' : 'outbound',
      kind: 'text',
      body: id,
    },
    ...{
      author: { kind, name: from, you: false },
      passive: false,
      buttons: [],
      status: null,
      statusAt: null,
      held: false,
      failure: null,
      sentAgainAs: null,
      raw: null,
    },
  };
}
const event = (id: string, at: string): EventItem => ({
  type: 'event',
  id,
  at,
  kind: 'taken-over',
  text: 'Mara took over',
});

const shown = (items: (MessageItem | EventItem)[], newFrom: string | null = null) =>
  logLines(items, 'Europe/Madrid', newFrom).map((line) =>
    line.type === 'message' ? `${line.item.id}${line.first ? ' first' : ''}` : line.type,
  );

test('bubbles of one author within five minutes are a group', () => {
  const items = [
    message('a', '2026-11-24T09:00:00Z'),
    message('b', '2026-11-24T09:05:00Z'),
    message('c', '2026-11-24T09:10:01Z'),
    message('d', '2026-11-24T09:10:02Z', 'bot'),
    message('e', '2026-11-24T09:10:03Z', 'Mara'),
  ];
  expect(shown(items)).toEqual(['day', 'a first', 'b', 'c first', 'd first', 'e first']);
});

test('a day, an event and "New" begin a new group', () => {
  const items = [
    message('a', '2026-11-23T22:59:00Z'),
    message('b', '2026-11-23T23:00:00Z'),
    event('x', '2026-11-23T23:00:30Z'),
    message('c', '2026-11-23T23:01:00Z'),
    message('d', '2026-11-23T23:02:00Z'),
  ];
  expect(shown(items, 'd')).toEqual([
    'day',
    'a first',
    'day',
    'b first',
    'event',
    'c first',
    'new',
    'd first',
  ]);
});

test('"New" stands before as many of the lead’s messages as are unread', () => {
  const items = [
    message('a', '2026-11-24T09:00:00Z'),
    message('b', '2026-11-24T09:01:00Z'),
    { ...message('heart', '2026-11-24T09:01:30Z'), passive: true },
    message('c', '2026-11-24T09:02:00Z', 'bot'),
    event('x', '2026-11-24T09:02:30Z'),
    message('d', '2026-11-24T09:03:00Z'),
  ];
  expect(firstUnread(items, 0, false)).toBeNull();
  expect(firstUnread(items, 1, false)).toBe('d');
  expect(firstUnread(items, 2, false)).toBe('b');
  expect(firstUnread(items, 3, false)).toBe('a');
  // Further back than what is loaded, or than what there is.
  expect(firstUnread(items, 4, false)).toBeNull();
  expect(firstUnread(items, 4, true)).toBe('a');
  expect(firstUnread([], 4, true)).toBeNull();
});
