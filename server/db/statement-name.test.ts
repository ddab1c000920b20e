import { expect, test } from 'vitest';
import { statementName } from './statement-name.ts';

test('the same SQL has the same name, other SQL another', () => {
  expect(statementName({ sql: 'select 1' })).toBe(statementName({ sql: 'select 1' }));
  expect(statementName({ sql: 'select 2' })).not.toBe(statementName({ sql: 'select 1' }));
});

test('names end somewhere, and those that there are stay', () => {
  const first = statementName({ sql: 'select 1' });
  const all = Array.from({ length: 1_000 }, (_, index) => statementName({ sql: `select ${index} + 1` }));
  expect(all.at(-1)).toBe('');
  expect(new Set(all).size).toBeLessThanOrEqual(201);
  expect(statementName({ sql: 'select 1' })).toBe(first);
});
