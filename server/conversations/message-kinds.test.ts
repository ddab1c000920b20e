import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kindName, passiveKinds, summary } from './message-kinds.ts';

test.each([
  ['text', 'Hello', 'Hello'],
  ['button_reply', 'Yes', 'Yes'],
  ['image', '', 'Photo'],
  ['image', 'My roof', 'Photo · My roof'],
  ['hologram', '', 'Message of kind “hologram”'],
  ['__proto__', '', 'Message of kind “__proto__”'],
])('a %s that says “%s” reads “%s” in a list', (kind, body, line) => {
  expect(summary(kind, body)).toBe(line);
});

test('every kind has a name', () => {
  fc.assert(fc.property(fc.string({ minLength: 1 }), (kind) => kindName(kind).length > 0));
});

test.each([
  ['reaction', true],
  ['edit', true],
  ['revoke', true],
  ['system', true],
  ['text', false],
  ['image', false],
  ['unsupported', false],
])('a %s asks for no answer: %s', (kind, passive) => {
  expect(passiveKinds.includes(kind)).toBe(passive);
});
