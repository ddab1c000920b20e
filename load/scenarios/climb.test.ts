import { expect, test } from 'vitest';
import { climb } from './climb.ts';

const product = (limit: number, stallsAt: readonly number[] = []) => {
  const asked: number[] = [];
  return {
    asked,
    play: async (offered: number) => {
      asked.push(Math.round(offered));
      return { offered, isKept: offered <= limit && !stallsAt.includes(asked.length) };
    },
  };
};

test('rises by a third, tries what broke again, and looks between', async () => {
  const { asked, play } = product(100);
  const levels = await climb(30, 20, play);
  expect(asked).toEqual([30, 40, 53, 71, 95, 126, 126, 126, 103, 103, 103]);
  expect(levels.map(({ offered }) => Math.round(offered))).toEqual([
    30, 40, 53, 71, 95, 103, 103, 103, 126, 126, 126,
  ]);
});

test('looks three times between when it holds there', async () => {
  const { asked, play } = product(119);
  await climb(30, 20, play);
  expect(asked.slice(-5)).toEqual([126, 126, 103, 111, 119]);
});

test('one stall is not the end', async () => {
  const { asked, play } = product(100, [2]);
  await climb(30, 20, play);
  expect(asked.slice(0, 4)).toEqual([30, 40, 40, 53]);
});

test('what breaks at once is not looked below, and what never breaks ends', async () => {
  const weak = product(1);
  expect(await climb(30, 20, weak.play)).toHaveLength(3);
  const strong = product(1e9);
  expect(await climb(30, 5, strong.play)).toHaveLength(5);
});
