import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapedJson, sign } from './signed-json.ts';

test('everything beyond ASCII is escaped in lower-case hex', () => {
  expect(escapedJson({ text: 'äöå 🙂/' })).toBe('{"text":"\\u00e4\\u00f6\\u00e5 \\ud83d\\ude42/"}');
});

test('slashes are escaped on request', () => {
  expect(escapedJson('a/b', true)).toBe('"a\\/b"');
});

test('what is escaped is ASCII and reads the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.boolean(), (value, slashes) => {
      const json = escapedJson(value, slashes);
      expect(json).toMatch(/^[\x20-\x7f]*$/);
      expect(JSON.stringify(JSON.parse(json))).toBe(JSON.stringify(value));
    }),
  );
});

test('the signature is over exactly these bytes', () => {
  const body = escapedJson({ text: 'ä' });
  expect(sign('secret', body)).toBe(`sha256=${createHmac('sha256', 'secret').update(body).digest('hex')}`);
});
