import { expect, test } from 'vitest';
import { readSignUpMessage } from './sign-up-message.ts';

const facebook = 'https://www.facebook.com';
const ours = 'http://localhost:3000';
const ids = { phone_number_id: '33', waba_id: '22', business_id: '11' };
const finish = { type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data: ids };
const read = (data: unknown, origin = facebook, simulated: string | null = null) =>
  readSignUpMessage({ origin, data }, simulated);

test('Meta’s ids are read, as text or as an object', () => {
  const expected = { phoneNumberId: '33', wabaId: '22' };
  expect(read(JSON.stringify(finish))).toEqual(expected);
  expect(read(finish)).toEqual(expected);
  expect(read({ ...finish, event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING' })).toEqual(expected);
});

test.each([
  ['no number was made', { ...finish, event: 'FINISH_ONLY_WABA', data: { waba_id: '22' } }, 'no number yet'],
  ['somebody left', { ...finish, event: 'CANCEL', data: { current_step: 'X' } }, 'You left the window'],
  [
    'Meta failed',
    { ...finish, event: 'CANCEL', data: { error_message: 'Too many.' } },
    'Meta says: Too many.',
  ],
])('%s, and it is said', (_, data, problem) => {
  expect(read(data)).toEqual({ problem: expect.stringContaining(problem) });
});

test.each([
  'https://facebook.com.evil.example',
  'https://evilfacebook.com',
  'http://www.facebook.com',
  'null',
  '',
  ours,
])('“%s” does not speak for Meta', (origin) => {
  expect(read(finish, origin)).toBeUndefined();
});

test('in the demo our own origin does', () => {
  expect(read(finish, ours, ours)).toEqual({ phoneNumberId: '33', wabaId: '22' });
});

test.each([['text'], [null], [42], ['{'], [{ type: 'other' }]])('%s is no message of the dialog', (data) => {
  expect(read(data)).toBeUndefined();
});
