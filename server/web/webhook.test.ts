import { once } from 'node:events';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readerOf } from './webhook.ts';

test('what comes after a refusal is read and thrown away, and counted by nobody', async () => {
  const body = Readable.from(['one', 'two', 'three'].map((text) => Buffer.from(text)));
  const taken: string[] = [];
  const ended = once(body, 'end');
  await readerOf(body)((chunk) => taken.push(String(chunk)) < 2);
  await ended;
  expect(taken).toEqual(['one', 'two']);
});

test('a body that breaks off rejects', async () => {
  const body = new Readable({ read() {} });
  const reading = readerOf(body)(() => true);
  body.push('half');
  body.destroy(new Error('gone'));
  await expect(reading).rejects.toThrow('gone');
});
