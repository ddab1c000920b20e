import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Facts, joined, parted } from './joined.ts';
import { otherSpellings } from './other-spellings.ts';

const maybe = fc.option(fc.constantFrom('a', 'b', 'c'));
const facts = fc.record<Facts>({
  ...{ name: maybe, profileName: maybe, username: maybe, email: maybe, language: maybe, assigneeId: maybe },
  fields: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom<string | number | boolean>('1', 2, true)),
  labelIds: fc.uniqueArray(fc.constantFrom('l', 'm', 'n')),
  consent: fc.constantFrom('unknown', 'in', 'out'),
  blockedAt: maybe,
});

test('the survivor keeps all it had, loses nothing that the other had, and the stricter wish counts', () => {
  fc.assert(
    fc.property(facts, facts, (survivor, merged) => {
      const both = joined(survivor, merged);
      for (const key of ['name', 'email', 'language', 'assigneeId', 'blockedAt'] as const)
        expect(both[key]).toBe(survivor[key] ?? merged[key]);
      expect(both.fields).toMatchObject(survivor.fields);
      expect(Object.keys(both.fields)).toEqual(expect.arrayContaining(Object.keys(merged.fields)));
      expect(both.labelIds).toEqual(expect.arrayContaining([...survivor.labelIds, ...merged.labelIds]));
      expect(both.consent === 'out').toBe(survivor.consent === 'out' || merged.consent === 'out');
    }),
  );
});

test('undone at once it is as before; what was changed since stays, and is named', () => {
  fc.assert(
    fc.property(facts, facts, (survivor, merged) => {
      const both = joined(survivor, merged);
      expect(parted(both, survivor, both)).toEqual({ survivor, kept: [] });
      expect(parted({ ...both, name: 'changed' }, survivor, both)).toEqual({
        survivor: { ...survivor, name: 'changed' },
        kept: ['the name'],
      });
    }),
  );
});

test.each([
  ['4915112345678', '49015112345678'],
  ['49015112345678', '4915112345678'],
  ['4915112345678', '004915112345678'],
  ['004915112345678', '4915112345678'],
])('%s may have been written as %s', (digits, other) => {
  expect(otherSpellings(digits)).toContain(other);
  expect(otherSpellings(digits)).not.toContain(digits);
});
