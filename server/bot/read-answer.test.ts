import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAnswer } from './read-answer.ts';

describe('an answer is read, tidied', () => {
  test.each([
    ['name', 'Ana Silva', 'Ana Silva'],
    ['name', '  ana   silva ', 'ana silva'],
    ['name', "Hi, I'm Ana!", 'Ana'],
    ['name', 'my name is José Ángel.', 'José Ángel'],
    ['name', 'علي حسن', 'علي حسن'],
    ['name', 'प्रिया', 'प्रिया'],
    ['name', '李 小龙', '李 小龙'],
    ['name', "Sinéad O'Connor-Smith", "Sinéad O'Connor-Smith"],
    ['email', ' ana@example.com ', 'ana@example.com'],
    ['number', '42', '42'],
    ['number', '-3,5', '-3,5'],
    ['text', 'anything\n at all 👍', 'anything at all 👍'],
  ] as const)('as %s “%s” is “%s”', (expects, text, answer) => {
    expect(readAnswer(expects, text)).toBe(answer);
  });
});

describe('no answer is none', () => {
  test.each([
    ['name', ''],
    ['name', '42'],
    ['name', 'X'],
    ['name', 'what does it cost?'],
    ['name', 'I would like to know what this costs'],
    ['name', '👍'],
    ['email', 'ana'],
    ['email', 'ana@localhost'],
    ['email', 'a b@example.com'],
    ['number', 'many'],
    ['number', '1e5'],
    ['number', '1.2.3'],
    ['text', '   '],
    ['text', 'x'.repeat(201)],
  ] as const)('as %s “%s”', (expects, text) => {
    expect(readAnswer(expects, text)).toBeNull();
  });
});

test('whatever is written, an answer is one line of at most 200 signs, or none', () => {
  const kinds = fc.constantFrom('name', 'text', 'email', 'number');
  fc.assert(
    fc.property(kinds, fc.string({ unit: 'binary', maxLength: 400 }), (expects, text) => {
      const answer = readAnswer(expects, text);
      return answer === null || (answer.length <= 200 && answer === answer.trim() && !/[\n\r]/.test(answer));
    }),
  );
});
