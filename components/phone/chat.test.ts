import { expect, test } from 'vitest';
import { arrangeChat } from './chat.ts';
import type { Bubble } from './sim-shapes.ts';

function bubble(id: string, change: Partial<Bubble> = {}): Bubble {
  return {
    id,
    direction: 'out',
    at: '2026-11-24T10:00:00.000Z',
    kind: 'text',
    text: id,
    status: 'read',
    ...change,
  };
}
const dayOf = (at: string) => at.slice(0, 10);

test('bubbles stand under their day, in the order they came', () => {
  const days = arrangeChat(
    [bubble('a', { at: '2026-11-23T23:59:00.000Z' }), bubble('b'), bubble('c')],
    dayOf,
  );
  expect(days.map(({ key, bubbles }) => [key, bubbles.map(({ id }) => id)])).toEqual([
    ['2026-11-23', ['a']],
    ['2026-11-24', ['b', 'c']],
  ]);
});

test('a reaction is no bubble: the newest of each side stands on what it is about', () => {
  const react = (id: string, text: string, direction: 'in' | 'out') =>
    bubble(id, { kind: 'reaction', reactsTo: 'a', text, direction });
  const [day] = arrangeChat(
    [bubble('a'), react('1', '👍', 'in'), react('2', '❤️', 'out'), react('3', '🙏', 'in')],
    dayOf,
  );
  expect(day?.bubbles).toHaveLength(1);
  expect(day?.bubbles[0]?.reactions).toEqual([
    { by: 'in', emoji: '🙏' },
    { by: 'out', emoji: '❤️' },
  ]);
});

test('a reaction that was taken back is gone', () => {
  const [day] = arrangeChat(
    [
      bubble('a'),
      bubble('1', { kind: 'reaction', reactsTo: 'a', text: '👍' }),
      bubble('2', { kind: 'reaction', reactsTo: 'a', text: '' }),
    ],
    dayOf,
  );
  expect(day?.bubbles[0]?.reactions).toEqual([]);
});
