import { expect, test } from 'vitest';
import { findTenants } from './find-tenants.ts';

const tenants = [
  { name: 'Acme Solar', slug: 'acme', owner: 'ada@sun.example' },
  { name: 'Delta Clínicas', slug: 'delta', owner: null },
];

test.each([
  ['', ['acme', 'delta']],
  ['  ', ['acme', 'delta']],
  ['SOL', ['acme']],
  ['clinicas', ['delta']],
  ['solar acme', ['acme']],
  ['ADA@sun', ['acme']],
  ['acme delta', []],
])('%j finds %o', (words, slugs) => {
  expect(findTenants(tenants, words).map(({ slug }) => slug)).toEqual(slugs);
});
