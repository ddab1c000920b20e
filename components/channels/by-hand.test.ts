import { expect, test } from 'vitest';
import { emptyHand, problemsOf, trimmed } from './by-hand.ts';

const good = {
  ...{ phoneNumberId: ' 106540352242922 ', wabaId: '102290129340398', appId: '634974688087057' },
  ...{ appSecret: '0123456789abcdef', accessToken: 'EAAG-and-more\n', pin: '' },
};

test('what was copied is taken without its spaces, and the PIN may be left out', () => {
  expect(problemsOf(good)).toEqual({});
  expect(trimmed(good)).toMatchObject({
    ...{ phoneNumberId: '106540352242922', accessToken: 'EAAG-and-more', pin: null },
  });
});

test('an empty form names all but the PIN', () => {
  expect(Object.keys(problemsOf(emptyHand)).toSorted()).toEqual(
    ['accessToken', 'appId', 'appSecret', 'phoneNumberId', 'wabaId'].toSorted(),
  );
});

test.each([
  ['phoneNumberId', '+34 910 60 23 41', 'This is the phone number'],
  ['wabaId', 'acme', 'digits only'],
  ['accessToken', 'EAAG two parts', 'in one piece'],
  ['appSecret', 'short', 'in one piece'],
  ['pin', '12345', 'six digits'],
])('%s cannot be “%s”', (name, value, problem) => {
  expect(problemsOf({ ...good, [name]: value })).toEqual({ [name]: expect.stringContaining(problem) });
});
