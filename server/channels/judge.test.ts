import { describe, expect, test } from 'vitest';
import type { GraphReply } from '#server/whatsapp/graph-call.ts';
import { judgeAccount } from './judge-account.ts';
import { judgeCallback } from './judge-callback.ts';
import { judgeMembership } from './judge-membership.ts';
import { judgeRegistration } from './judge-registration.ts';
import { judgeSecret } from './judge-secret.ts';
import { judgeSending } from './judge-sending.ts';
import { judgeTemplates } from './judge-templates.ts';
import { judgeToken } from './judge-token.ts';

const answer = (body: object): GraphReply => ({ kind: 'answer', body: { ...body } });
const refused = (code: number, message = 'no', subcode: number | null = null): GraphReply => ({
  kind: 'refused',
  refusal: { status: 400, code, subcode, message },
});
const nobody: GraphReply = { kind: 'unreachable', why: 'ECONNREFUSED' };
const now = new Date('2026-11-24T10:00:00Z');
const unix = (date: string) => new Date(date).getTime() / 1000;

const both = ['whatsapp_business_management', 'whatsapp_business_messaging'];
const good = {
  ...{ is_valid: true, app_id: '11', type: 'SYSTEM_USER', expires_at: 0, scopes: both },
  granular_scopes: both.map((scope) => ({ scope, target_ids: ['22'] })),
};
const debug = (more: object) => answer({ data: { ...good, ...more } });
const expired = { is_valid: false, error: { code: 190, subcode: 463 } };
const foreign = refused(100, '(#100) The App_id in the input_token did not match the Viewing App');

describe('the token', () => {
  test.each([
    ['a good one', debug({}), 'passed', 'valid and does not expire', null],
    ['for all accounts', debug({ granular_scopes: [] }), 'passed', 'valid and does not expire', null],
    ['expired', debug(expired), 'failed', 'has expired', 'token'],
    ['ended by time', debug({ is_valid: false, expires_at: 1 }), 'failed', 'has expired', 'token'],
    ['nonsense', debug({ is_valid: false }), 'failed', 'does not know this token', 'token'],
    ['of another app', debug({ app_id: '12' }), 'failed', 'belongs to another app', 'token'],
    ['that the app may not see', foreign, 'failed', 'belongs to another app', 'token'],
    ['without managing', debug({ scopes: [both[1]] }), 'failed', 'lacks a permission', 'token'],
    ['without messaging', debug({ scopes: [both[0]] }), 'failed', 'lacks a permission', 'token'],
    [
      'for another account',
      debug({ granular_scopes: [{ scope: both[0], target_ids: ['23'] }] }),
      'failed',
      'does not open this account',
      'token',
    ],
    ['a person’s', debug({ type: 'USER' }), 'warning', 'a person’s', 'token'],
    [
      'that ends',
      debug({ expires_at: unix('2026-11-27T10:00:00Z') }),
      'warning',
      'valid, but expires',
      'token',
    ],
    ['Meta is away', nobody, 'unreachable', 'valid and does not expire', null],
    ['Meta is busy', refused(4), 'unreachable', 'valid and does not expire', null],
  ] as const)('%s', (_, reply, state, title, mend) => {
    const verdict = judgeToken(reply, null, { appId: '11', wabaId: '22' }, now);
    expect(verdict).toMatchObject({ state, mend });
    expect(verdict.title).toContain(title);
    if (state === 'failed') expect(verdict.steps.length).toBeGreaterThan(1);
  });

  test('names the permission that is missing, and what is lost with it', () => {
    const { detail } = judgeToken(debug({ scopes: [both[1]] }), null, { appId: '11', wabaId: '22' }, now);
    expect(detail).toContain('lacks the permission whatsapp_business_management');
  });

  test('is judged by itself where the app’s secret is wrong', () => {
    const verdict = judgeToken(refused(190), debug({}), { appId: '11', wabaId: '22' }, now);
    expect(verdict.state).toBe('passed');
  });
});

test.each([
  ['right', debug({}), 'passed', null],
  ['right, the token is another app’s', foreign, 'passed', null],
  ['right, whatever the token', debug(expired), 'passed', null],
  ['wrong', refused(190), 'failed', 'secret'],
  ['wrong, in Meta’s other words', refused(1), 'failed', 'secret'],
  ['of no app', refused(101), 'failed', 'ids'],
  ['unknown: Meta is away', nobody, 'unreachable', null],
] as const)('the secret is %s', (_, reply, state, mend) => {
  expect(judgeSecret(reply, '11')).toMatchObject({ state, mend });
});

const ids = { phoneNumberId: '33', wabaId: '22' };
const listed = answer({ data: [{ id: '32' }, { id: '33', verified_name: 'Acme' }] });
test.each([
  ['in the account', answer({}), listed, 'passed', 'belongs to this', null],
  ['in another account', answer({}), answer({ data: [] }), 'failed', 'another account', 'ids'],
  ['nowhere', refused(100, '', 33), answer({ data: [{ id: '1' }] }), 'failed', 'no such number', 'ids'],
  ['in an account that is none', answer({}), refused(100, '', 33), 'failed', 'no such account', 'ids'],
  ['not to be seen with this token', answer({}), refused(200), 'failed', 'lacks a permission', 'token'],
  ['unknown: Meta is away', nobody, nobody, 'unreachable', 'belongs to this', null],
] as const)('the number is %s', (_, number, numbers, state, title, mend) => {
  const verdict = judgeMembership(number, numbers, ids);
  expect(verdict).toMatchObject({ state, mend });
  expect(verdict.title).toContain(title);
});

test('a number says which of how many it is', () => {
  expect(judgeMembership(answer({}), listed, ids).detail).toBe('Acme, number 2 of 2');
});

test.each([
  ['APPROVED', 'verified', 'passed'],
  ['APPROVED', 'not_verified', 'warning'],
  ['PENDING', 'verified', 'failed'],
  ['REJECTED', 'verified', 'failed'],
  ['DISABLED', 'verified', 'failed'],
])('an account that is %s and %s: %s', (review, verification, state) => {
  const reply = answer({ account_review_status: review, business_verification_status: verification });
  const verdict = judgeAccount(reply);
  expect(verdict.state).toBe(state);
  if (state !== 'passed') expect(verdict.steps).not.toEqual([]);
});

const connected = { status: 'CONNECTED', platform_type: 'CLOUD_API', account_mode: 'LIVE' };
describe('the registration', () => {
  test.each([
    ['there', connected, 'passed', null],
    ['missing', { ...connected, status: 'PENDING' }, 'failed', 'pin'],
    ['gone', { ...connected, status: 'DISCONNECTED' }, 'failed', 'pin'],
    ['blocked', { ...connected, status: 'BANNED' }, 'failed', null],
    ['elsewhere', { ...connected, platform_type: 'ON_PREMISE' }, 'failed', null],
    ['of low quality', { ...connected, quality_rating: 'RED' }, 'warning', null],
    ['a test number’s', { ...connected, account_mode: 'SANDBOX' }, 'warning', null],
  ])('is %s', (_, number, state, mend) => {
    expect(judgeRegistration(answer(number), null)).toMatchObject({ state, mend });
  });

  test.each([
    [133005, 'PIN is wrong', 'pin'],
    [133006, 'not verified', null],
    [133016, 'too often', null],
    [133009, 'Too many wrong PINs', null],
    [190, 'does not accept the token', 'token'],
  ])('was refused with %i', (code, title, mend) => {
    const verdict = judgeRegistration(answer({ ...connected, status: 'PENDING' }), refused(code));
    expect(verdict).toMatchObject({ state: 'failed', mend });
    expect(verdict.title).toContain(title);
    expect(verdict.steps).not.toEqual([]);
  });
});

describe('the callback', () => {
  const url = 'https://parley.example/api/webhooks/whatsapp/key';
  const app = { id: '11', name: 'Acme' };
  const inForce = answer({ data: [{ override_callback_uri: url, whatsapp_business_api_data: app }] });
  const done = answer({ success: true });
  const number = answer({ webhook_configuration: { application: 'https://elsewhere.example' } });
  const own = answer({ webhook_configuration: { phone_number: 'https://elsewhere.example' } });
  const other = answer({
    data: [{ override_callback_uri: 'https://x.example', whatsapp_business_api_data: app }],
  });

  test.each([
    ['verified', done, inForce, number, true, 'passed', 'Meta reaches us'],
    ['in force, only looked at', null, inForce, number, false, 'passed', 'Meta reaches us'],
    ['not answered', refused(2200), inForce, number, false, 'failed', 'another verify token'],
    ['answered, not taken', refused(2200), inForce, number, true, 'failed', 'did not take our answer'],
    ['asked elsewhere', done, inForce, number, false, 'failed', 'asked somebody else'],
    ['not subscribed', null, answer({ data: [] }), number, false, 'failed', 'not subscribed'],
    ['another address', null, other, number, false, 'failed', 'of the account go elsewhere'],
    ['the number’s own', done, inForce, own, true, 'failed', 'of this number go elsewhere'],
    ['not allowed', refused(200), inForce, number, false, 'failed', 'lacks a permission'],
    ['Meta is away', nobody, nobody, number, false, 'unreachable', 'Meta reaches us'],
  ] as const)('%s', (_, subscribe, subscriptions, ofNumber, shaken, state, title) => {
    const replies = { subscribe, subscriptions, number: ofNumber };
    const verdict = judgeCallback(replies, '11', { url, shaken });
    expect(verdict.state).toBe(state);
    expect(verdict.title).toContain(title);
    if (state === 'failed') expect(verdict.steps).not.toEqual([]);
  });

  test('of the platform’s app is the app’s own', () => {
    const plain = answer({ data: [{ whatsapp_business_api_data: app }] });
    expect(judgeCallback({ subscribe: done, subscriptions: plain, number }, '11', null).state).toBe('passed');
    expect(judgeCallback({ subscribe: done, subscriptions: other, number }, '11', null).state).toBe('failed');
  });
});

test.each([
  ['readable', answer({ data: [] }), 'passed', null],
  ['not allowed', refused(200), 'failed', 'token'],
  ['unknown', nobody, 'unreachable', null],
] as const)('templates are %s', (_, reply, state, mend) => {
  expect(judgeTemplates(reply)).toMatchObject({ state, mend });
});

test.each([
  ['AVAILABLE', 'passed'],
  ['LIMITED', 'warning'],
  ['BLOCKED', 'failed'],
])('sending that is %s: %s, with Meta’s own solution', (ability, state) => {
  const error = { error_description: 'No payment method.', possible_solution: 'Add one.' };
  const entities = [{ can_send_message: ability, ...(ability !== 'AVAILABLE' && { errors: [error] }) }];
  const verdict = judgeSending(answer({ health_status: { can_send_message: ability, entities } }));
  expect(verdict.state).toBe(state);
  if (state !== 'passed') expect(verdict).toMatchObject({ detail: 'No payment method.' });
  if (state !== 'passed') expect(verdict.steps).toContain('Add one.');
});
