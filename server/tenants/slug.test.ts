import { expect, test } from 'vitest';
import { freeSlug, slugOf } from './slug.ts';

test.each([
  ['Acme Solar', 'acme-solar'],
  ['  Café & Bär GmbH ', 'cafe-bar-gmbh'],
  ['Łódź Straße', 'lodz-strasse'],
  ['O’Brien’s', 'obriens'],
  ['---', 'business'],
  ['شركة', 'business'],
  ['Кафе 24', '24'],
  ['a'.repeat(100), 'a'.repeat(40)],
  [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
])('%j has the address %j', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test.each([
  [[], 'acme'],
  [['acme'], 'acme-2'],
  [['acme', 'acme-2', 'acme-4'], 'acme-3'],
  [['acme-2'], 'acme'],
])('beside %j it is %j', (taken, slug) => {
  expect(freeSlug('acme', new Set(taken))).toBe(slug);
});
