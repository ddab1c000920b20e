import { expect, test } from 'vitest';
import { safeNext } from './safe-next.ts';

test.each([
  ['/t/acme/inbox', '/t/acme/inbox'],
  ['/t/acme/leads?q=a%20b#top', '/t/acme/leads?q=a%20b#top'],
])('%s is followed', (next, place) => {
  expect(safeNext(next)).toBe(place);
});

test.each([
  undefined,
  '',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/./\\evil.example',
  '/..//evil.example',
  'javascript:alert(1)',
  '/api/auth/signout',
  '/sign-in?next=/x',
  'home',
])('%j leads home', (next) => {
  expect(safeNext(next)).toBe('/home');
});

test('given twice it leads home', () => {
  expect(safeNext(['/a', '/b'])).toBe('/home');
});
