import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeWamid } from './wamid.ts';

const bytesOf = (wamid: string) => Buffer.from(wamid.slice('wamid.'.length), 'base64');

test('an outbound id is the Thrift struct of Meta’s examples, with 18 hex characters', () => {
  const example = bytesOf('wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI0QUQ2MjA4NEYyRkExNjMyREUA').toString('latin1');
  const made = bytesOf(makeWamid('out', '16503879439')).toString('latin1');
  expect(made.slice(0, -19)).toBe(example.slice(0, -19));
  expect(made.slice(-19, -1)).toMatch(/^[0-9A-F]{18}$/);
  expect(made.at(-1)).toBe('\0');
});

test('an inbound id says so and has 20 characters that start with 3A', () => {
  const example = bytesOf('wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=').toString(
    'latin1',
  );
  const made = bytesOf(makeWamid('in', '16503879439')).toString('latin1');
  expect(made.slice(0, -21)).toBe(example.slice(0, -21));
  expect(made.slice(-21, -1)).toMatch(/^3A[0-9A-F]{18}$/);
});

test('the person is found again in the id, however long', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/), (userId) => {
      expect(bytesOf(makeWamid('out', userId)).toString('latin1')).toContain(userId);
    }),
  );
});
