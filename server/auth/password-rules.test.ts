import { expect, test } from 'vitest';
import { commonPasswords } from './common-passwords.ts';
import { passwordProblem } from './password-rules.ts';

const email = 'Mara.Lindqvist@acme.example';

test.each([
  ['short', 'Tr0ub4dor', /10 characters or more/],
  ['of nine wide letters', '密'.repeat(9), /10 characters or more/],
  ['without an end', `${'ab c'.repeat(51)}`, /200 characters at most/],
  ['the commonest', 'Password123', /first passwords/],
  ['the demo’s', 'parley-demo', /first passwords/],
  ['one letter', 'zzzzzzzzzzzz', /first passwords/],
  ['two letters', 'abababababab', /first passwords/],
  ['the address', 'mara.lindqvist@acme.example', /must not be the e-mail/],
  ['the address’s name', 'MARA.LINDQVIST', /must not be the e-mail/],
])('a password that is %s is refused', (_, password, words) => {
  expect(passwordProblem(password, email)).toMatch(words);
});

test.each(['horse battery', 'brücken-über', '1q2w3e4r5t6y7', 'mara.lindqvist2', '密码很长很长很长很长'])(
  '“%s” is taken',
  (password) => {
    expect(passwordProblem(password, email)).toBeUndefined();
  },
);

test('the list is about passwords that are long enough, in lower case', () => {
  expect(commonPasswords.size).toBeGreaterThan(150);
  expect([...commonPasswords].filter((word) => word !== word.toLowerCase())).toEqual([]);
});
