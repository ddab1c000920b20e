import { describe, expect, test } from 'vitest';
import { testSettings } from '#server/testing/settings.ts';
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

describe('behind a proxy that puts another name into Host', () => {
  const proxied = (origin: string, headers: Record<string, string> = {}) =>
    isSameOrigin(request('POST', { host: '10.0.0.7:3000', origin, ...headers }));

  test('our own pages are known by APP_URL, protocol and port included', () => {
    const ours = new URL(testSettings.APP_URL);
    expect(proxied(ours.origin)).toBe(true);
    expect(proxied(`https://${ours.host}`)).toBe(false);
    expect(proxied(`http://${ours.hostname}:8080`)).toBe(false);
  });

  test('another site is refused, whatever it says that was forwarded', () => {
    const forwarded = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
    expect(proxied('https://evil.example', forwarded)).toBe(false);
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
