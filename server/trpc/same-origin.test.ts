import { describe, expect, test } from 'vitest';
import { cookieReader } from './context.ts';
import { isSameOrigin } from './same-origin.ts';

const request = (method: string, headers: Record<string, string>) =>
  ({ method, headers: new Headers({ host: 'parley.example', ...headers }) }) as Request;

describe('a request that may change something', () => {
  test.each([
    ['from our own pages', { origin: 'https://parley.example' }, true],
    ['from our own pages, told without Origin', { 'sec-fetch-site': 'same-origin' }, true],
    ['from a program', {}, true],
    ['from another site', { origin: 'https://evil.example' }, false],
    ['from a site whose name begins with ours', { origin: 'https://parley.example.evil.example' }, false],
    ['from a site whose name ends with ours', { origin: 'https://evilparley.example' }, false],
    ['from another port', { origin: 'https://parley.example:8443' }, false],
    ['from a sandbox', { origin: 'null' }, false],
    ['from nonsense', { origin: 'parley.example' }, false],
    ['from another site, told without Origin', { 'sec-fetch-site': 'cross-site' }, false],
  ])('%s: %s', (_, headers, taken) => {
    expect(isSameOrigin(request('POST', headers))).toBe(taken);
  });
});

test('reading is not asked for its origin', () => {
  expect(isSameOrigin(request('GET', { origin: 'https://evil.example' }))).toBe(true);
});

test.each([
  [null, undefined],
  ['', undefined],
  ['a=1', '1'],
  ['b=2; a=1; c', '1'],
  ['b=2;a=1', '1'],
  ['a=1=2', '1=2'],
  ['xa=1', undefined],
  ['__proto__=1', undefined],
])('of “%s” the cookie “a” is %s', (header, value) => {
  expect(cookieReader(header)('a')).toBe(value);
});
