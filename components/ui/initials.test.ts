import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test.each([
  ['Lucía Fernández', 'LF'],
  ['ewa nowak', 'EN'],
  ['Maria da Silva Santos', 'MS'],
  ['Madonna', 'M'],
  ['كريم حداد', 'ك'],
  ['अनीता शर्मा', 'अ'],
  ['+49 1512 3456789', null],
  ['', null],
  ['🌞 Sun', 'S'],
])('%s is shown as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
