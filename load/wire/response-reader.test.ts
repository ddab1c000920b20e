import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answer, createResponseReader, UnreadableAnswer } from './response-reader.ts';

function read(pieces: readonly string[], ends = false): Answer[] {
  const answers: Answer[] = [];
  const reader = createResponseReader((answer) => answers.push(answer));
  for (const piece of pieces) reader.push(Buffer.from(piece, 'latin1'));
  if (ends) reader.end();
  return answers;
}

const ok = { status: 200, retryAfter: undefined, closes: false };
const empty = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
const chunked =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\nX: y\r\n\r\n';

describe('an answer', () => {
  test.each<[string, string, Answer]>([
    ['without a body', empty, ok],
    ['with a body', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello', ok],
    ['in chunks, with trailers', chunked, ok],
    [
      'that says when to come again',
      'HTTP/1.1 503 Busy\r\nretry-after:  1 \r\nContent-Length: 0\r\n\r\n',
      { ...ok, status: 503, retryAfter: '1' },
    ],
    [
      'after which the connection ends',
      'HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 2\r\n\r\nok',
      { ...ok, closes: true },
    ],
    ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok', { ...ok, closes: true }],
    [
      'of HTTP/1.0 that keeps alive',
      'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok',
      ok,
    ],
    ['that has no body by its status', 'HTTP/1.1 204 No Content\r\n\r\n', { ...ok, status: 204 }],
    ['after an interim one', `HTTP/1.1 100 Continue\r\n\r\n${empty}`, ok],
  ])('%s', (_, text, answer) => {
    expect(read([text])).toEqual([answer]);
  });

  test('whose body lasts until the end ends there', () => {
    expect(read(['HTTP/1.1 200 OK\r\n\r\nhello'])).toEqual([]);
    expect(read(['HTTP/1.1 200 OK\r\n\r\nhel', 'lo'], true)).toEqual([{ ...ok, closes: true }]);
  });

  test.each([
    'not HTTP at all\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    'x'.repeat(70_000),
  ])('that is none is refused: %.30j', (text) => {
    expect(() => read([text])).toThrow(UnreadableAnswer);
  });
});

test('answers are told apart in whatever pieces they come, several in one and one in several', () => {
  const answers = [empty, chunked, 'HTTP/1.1 503 Busy\r\nRetry-After: 2\r\nContent-Length: 3\r\n\r\nno!'];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...answers), { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 }),
      (sequence, sizes) => {
        const pieces: string[] = [];
        for (let rest = sequence.join(''), turn = 0; rest !== ''; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          pieces.push(rest.slice(0, size));
          rest = rest.slice(size);
        }
        expect(read(pieces).map(({ status }) => status)).toEqual(
          sequence.map((answer) => (answer.includes('503') ? 503 : 200)),
        );
      },
    ),
  );
});

test('a buffer that is used again does not change what was read from it', () => {
  const answers: Answer[] = [];
  const reader = createResponseReader((answer) => answers.push(answer));
  const buffer = Buffer.alloc(64);
  for (const piece of ['HTTP/1.1 200 OK\r\nConte', 'nt-Length: 0\r\n\r\n']) {
    const length = buffer.write(piece, 'latin1');
    reader.push(buffer.subarray(0, length));
    buffer.fill('x');
  }
  expect(answers).toEqual([ok]);
  expect(reader.isMidway()).toBe(false);
});
