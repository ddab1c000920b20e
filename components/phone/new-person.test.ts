import { expect, test } from 'vitest';
import { newPerson } from './new-person.ts';

const nobody = { name: '', hidesNumber: false, number: '', username: '' };

test('a number may be written as people write it', () => {
  expect(newPerson({ ...nobody, name: ' Jo ', number: '+49 (1511) 234-5678' }, Math.random)).toEqual({
    person: { name: 'Jo', waId: '4915112345678' },
  });
});

test('who hides the number has a username and a business-scoped id', () => {
  const answers = { ...nobody, name: 'Jo', hidesNumber: true, username: '@jo.k', number: 'ignored' };
  expect(newPerson(answers, () => 0)).toEqual({
    person: { name: 'Jo', username: 'jo.k', userId: `US.${'1'.repeat(20)}` },
  });
});

test.each([
  [{}, ['name', 'number']],
  [{ name: 'Jo', number: '0151 123' }, ['number']],
  [{ name: 'Jo', number: '12345' }, ['number']],
  [{ name: 'Jo', hidesNumber: true, username: 'j' }, ['username']],
])('%o is told what is wrong at %o', (answers, fields) => {
  const result = newPerson({ ...nobody, ...answers }, Math.random);
  expect('problems' in result && Object.keys(result.problems)).toEqual(fields);
});
