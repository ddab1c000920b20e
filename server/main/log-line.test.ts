import { expect, test } from 'vitest';
import { showLine } from './log-line.ts';

const cases: [string, string | undefined][] = [
  ['{"level":30,"msg":"listening"}', undefined],
  ['{"level":50,"msg":"cannot send","err":{"message":"no route"}}', 'error cannot send: no route'],
  ['{"level":60,"msg":"lost"}', 'fatal lost'],
  ['Error: boom', 'Error: boom'],
  ['{ not json', '{ not json'],
  ['   ', undefined],
];

test.each(cases)('of %j the terminal of a production start shows %j', (line, shown) => {
  expect(showLine(line, 50, true)).toBe(shown);
});

test('a start for development shows what happens, too', () => {
  expect(showLine('{"level":30,"msg":"listening"}', 30, true)).toBe('info listening');
});

test('small talk on stdout stays in the file', () => {
  expect(showLine('Simulated Meta at http://127.0.0.1:3100', 50, false)).toBeUndefined();
});
