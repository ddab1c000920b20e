import { expect, test } from 'vitest';
import { directionOf } from './direction.ts';

test.each([
  ['هل السعر يشمل العاكس؟', 'rtl'],
  ['12: שלום', 'rtl'],
  ['Hi كريم', 'ltr'],
  ['+34 612', 'ltr'],
  ['', 'ltr'],
])('%s runs %s', (text, direction) => {
  expect(directionOf(text)).toBe(direction);
});
