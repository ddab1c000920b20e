import { expect, test } from 'vitest';
import type { GraphReply } from '#server/whatsapp/graph-call.ts';
import { type Findings, judgeHealth } from './judge-health.ts';
import type { Problem } from './problems.ts';

const now = new Date('2026-11-24T12:00:00Z');
const answer = (body: Record<string, unknown>): GraphReply => ({ kind: 'answer', body });
const refused = (code: number, subcode: number | null = null, message = 'No'): GraphReply => ({
  kind: 'refused',
  refusal: { status: 400, code, subcode, message },
});
const silent: GraphReply = { kind: 'unreachable', why: 'ECONNREFUSED' };
const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging'];
const token = (data: object) => answer({ data: { is_valid: true, expires_at: 0, scopes, ...data } });
const number = (body: object) =>
  answer({
    status: 'CONNECTED',
    quality_rating: 'GREEN',
    health_status: { can_send_message: 'AVAILABLE' },
    ...body,
  });
const apps = (...ids: string[]) =>
  answer({ data: ids.map((id) => ({ whatsapp_business_api_data: { id } })) });
const inSeconds = (seconds: number) => Math.floor(now.getTime() / 1000) + seconds;

const ours = 'https://parley.example/api/webhooks/whatsapp/bakery';
const theirs = 'https://elsewhere.example/hook';
const overridden = (uri: string) =>
  answer({ data: [{ whatsapp_business_api_data: { id: '7' }, override_callback_uri: uri }] });

const good: Findings = {
  ...{ byApp: token({}), bySelf: token({}), number: number({}), subscriptions: apps('7') },
  ...{ appId: '7', callback: ours, rejected: null },
};

const cases: [string, Partial<Findings>, Problem | null][] = [
  ['nothing is wrong', {}, null],
  ['an app id that is not known asks the token itself', { byApp: null, appId: null }, null],
  ['Meta is silent', { byApp: silent, bySelf: silent, number: silent, subscriptions: silent }, 'unreachable'],
  ['Meta has troubles of its own', { number: refused(2) }, 'unreachable'],
  ['too many questions', { number: refused(80_007) }, 'unreachable'],
  ['no token', { byApp: null, bySelf: refused(190), number: refused(190) }, 'token-wrong'],
  [
    'a token that the app calls invalid',
    { byApp: token({ is_valid: false }), number: refused(190) },
    'token-wrong',
  ],
  ['an expired one', { byApp: null, bySelf: refused(190, 463), number: refused(190, 463) }, 'token-expired'],
  [
    'one whose time is over',
    { byApp: token({ is_valid: false, expires_at: inSeconds(-9) }) },
    'token-expired',
  ],
  ['one with little time left', { byApp: token({ expires_at: inSeconds(3_600) }) }, 'token-expires'],
  ['one with a month left', { byApp: token({ expires_at: inSeconds(30 * 86_400) }) }, null],
  ['a scope is missing', { byApp: token({ scopes: scopes.slice(0, 1) }) }, 'permission-missing'],
  ['a call is not permitted', { number: refused(200) }, 'permission-missing'],
  ['another business’s number', { number: refused(100, 33) }, 'no-access'],
  ['a wrong app secret', { byApp: refused(190) }, 'secret-wrong'],
  ['a wrong app secret and a wrong token', { byApp: refused(190), bySelf: refused(190) }, 'token-wrong'],
  [
    'another app’s token',
    { byApp: refused(100, null, 'The App_id in the input_token did not match the Viewing App') },
    null,
  ],
  ['a number that waits', { number: number({ status: 'PENDING' }) }, 'number-down'],
  ['a banned one', { number: number({ status: 'BANNED' }) }, 'number-blocked'],
  [
    'one that may not send',
    { number: number({ health_status: { can_send_message: 'BLOCKED' } }) },
    'sending-blocked',
  ],
  [
    'one that may send little',
    { number: number({ health_status: { can_send_message: 'LIMITED' } }) },
    'sending-limited',
  ],
  ['a bad quality', { number: number({ quality_rating: 'RED' }) }, 'quality-low'],
  ['nobody is subscribed', { subscriptions: apps() }, 'not-subscribed'],
  ['another app is', { subscriptions: apps('8') }, 'not-subscribed'],
  ['the account’s messages come here', { subscriptions: overridden(ours) }, null],
  ['the account’s messages go elsewhere', { subscriptions: overridden(theirs) }, 'account-elsewhere'],
  [
    'so do those of the platform’s app',
    { subscriptions: overridden(theirs), callback: null },
    'account-elsewhere',
  ],
  [
    'the number’s messages come here',
    { number: number({ webhook_configuration: { phone_number: ours } }) },
    null,
  ],
  [
    'the number’s messages go elsewhere',
    { number: number({ webhook_configuration: { phone_number: theirs, application: ours } }) },
    'number-elsewhere',
  ],
  [
    'signatures that do not fit, and nobody knows the app',
    { byApp: null, appId: null, rejected: 'signature' },
    'signatures-wrong',
  ],
  ['signatures that do not fit a secret that is right', { rejected: 'signature' }, 'strange-signatures'],
  ['a handshake with another token', { rejected: 'handshake' }, 'verify-token-wrong'],
];

test.each(cases)('%s', (_, changed, problem) => {
  expect(judgeHealth({ ...good, ...changed }, now).problem).toBe(problem);
});

test('Meta’s own words and facts are kept', () => {
  const errors = [{ error_description: 'No payment method.', possible_solution: 'Add one.' }];
  const health = judgeHealth(
    {
      ...good,
      byApp: token({ expires_at: inSeconds(30 * 86_400) }),
      number: number({
        whatsapp_business_manager_messaging_limit: 'TIER_2K',
        health_status: { can_send_message: 'BLOCKED', entities: [{ errors }] },
      }),
    },
    now,
  );
  expect(health).toEqual({
    ...{ state: 'broken', problem: 'sending-blocked', details: 'No payment method. Add one.' },
    facts: {
      ...{ numberStatus: 'CONNECTED', quality: 'GREEN', messagingLimit: 'TIER_2K', canSend: 'BLOCKED' },
      tokenExpiresAt: new Date(inSeconds(30 * 86_400) * 1_000),
    },
  });
});
