import { expect, test } from 'vitest';
import { statementName } from './statement-name.ts';

const nameOf = (sql: string) => statementName({ sql });

test('the same SQL keeps its name while it is young, and no other has it', () => {
  const [one, other] = [nameOf('select 1'), nameOf('select 2')];
  expect(one).not.toBe(other);
  expect([nameOf('select 1'), nameOf('select 1')]).toEqual([one, one]);
});

test('it is planned anew each time that it has run four times as often', () => {
  const names = new Set(Array.from({ length: 4_000 }, () => nameOf('select often')));
  expect(names.size).toBe(6);
});

test('after two hundred there are no names any more, those given stay', () => {
  const first = nameOf('select first');
  for (let number = 0; number < 300; number += 1) nameOf(`select ${number} as many`);
  expect(nameOf('select one too many')).toBe('');
  expect(nameOf('select first')).toBe(first);
});
