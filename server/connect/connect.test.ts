import { beforeEach, describe, expect, test } from 'vitest';
import type { CheckResult } from '#server/channels/check.ts';
import type { CheckEnd } from '#server/channels/check-draft.ts';
import { findChannel, forgetChannels } from '#server/channels/find-channel.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, sign, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { simulatedMetaWithWeb } from '#server/testing/simulated-meta.ts';

const { owner } = testDatabase();
process.env['PARLEY_DEMO'] = '1';
const meta = simulatedMetaWithWeb({ atAppUrl: true });

type Fresh = Record<
  'phoneNumberId' | 'wabaId' | 'token' | 'appId' | 'appSecret' | 'displayPhoneNumber',
  string
>;
let tenant: TestTenant;
let number: Fresh;
const caller = (of = tenant) => memberCaller(of, of.owner);
const slug = () => ({ tenant: tenant.slug });

beforeEach(async () => {
  forgetChannels();
  tenant = await makeTenant();
  number = await meta.control('numbers/fresh', { verifiedName: 'Bakery' });
});

const byHand = async (more: object = {}, of = tenant) => {
  const { phoneNumberId, wabaId, appId, appSecret, token } = number;
  const given = { phoneNumberId, wabaId, appId, appSecret, accessToken: token, pin: '123456' };
  return caller(of).connect.byHand({ tenant: of.slug, ...given, ...more });
};

async function check(id: string, of = tenant) {
  const results: Record<string, CheckResult> = {};
  let end: CheckEnd | undefined;
  for await (const news of await caller(of).connect.check({ tenant: of.slug, id })) {
    if ('check' in news) results[news.check] = news;
    else end = news;
  }
  return { results, states: statesOf(results), end: end ?? expect.fail('it has no end') };
}
const statesOf = (results: Record<string, CheckResult>) =>
  Object.fromEntries(Object.entries(results).map(([name, { state }]) => [name, state]));

const audit = async (action: string) =>
  (await owner.query('select * from audit where tenant_id = $1 and action = $2', [tenant.id, action])).rows;
const standing = (news: object) => meta.control('standing', news);

describe('by hand', () => {
  test('all is well: the draft becomes a channel of the same id, whose messages come in', async () => {
    const { id } = await byHand();
    expect(await findChannel('phoneNumberId', number.phoneNumberId)).toBeUndefined();
    const { states, end } = await check(id);
    expect(new Set(Object.values(states))).toEqual(new Set(['passed']));
    expect(end).toEqual({ connected: true, refused: null });
    const channel = await findChannel('phoneNumberId', number.phoneNumberId);
    expect(channel).toMatchObject({
      ...{ id, tenantId: tenant.id, accessToken: number.token, appSecret: number.appSecret, botOn: true },
    });
    expect(await audit('channel.connected')).toMatchObject([
      { actor_id: tenant.owner.id, subject: `+${number.displayPhoneNumber}` },
    ]);
    const { delivered } = (await meta.control('inbound', {
      ...{ phone_number_id: number.phoneNumberId, from: '16505551234', text: 'Hi' },
    })) as { delivered: object };
    expect(delivered).toEqual({ status: 200 });
  });

  test('secrets are sealed, and neither views nor the audit log hold them', async () => {
    const { id } = await byHand();
    await check(id);
    const { id: second } = await byHand({ phoneNumberId: '7654321' });
    const seen = JSON.stringify([
      await caller().connect.number({ ...slug(), id }),
      await caller().connect.number({ ...slug(), id: second }),
      await caller().connect.ways(slug()),
      (await owner.query('select * from audit where tenant_id = $1', [tenant.id])).rows,
      (await owner.query('select * from channel_drafts')).rows,
    ]);
    for (const secret of [number.token, number.appSecret, '123456"']) expect(seen).not.toContain(secret);
  });

  test.each([
    ['a token that has expired', () => standing({ token: number.token, expired: true }), 'token', 'expired'],
    [
      'a missing permission',
      () => standing({ token: number.token, scopes: ['whatsapp_business_messaging'] }),
      'token',
      'lacks a permission',
    ],
    [
      'a token of another app',
      () => byHand({ appId: '634974688087057', appSecret: 'demo-app-secret' }),
      'token',
      'another app',
    ],
    ['a wrong token', () => byHand({ accessToken: 'EAA-wrong' }), 'token', 'does not know this token'],
    ['a wrong secret', () => byHand({ appSecret: 'quite-wrong' }), 'secret', 'app secret is wrong'],
    ['a wrong number', () => byHand({ phoneNumberId: '7654321' }), 'membership', 'no such number'],
    ['a wrong account', () => byHand({ wabaId: '7654321' }), 'token', 'does not open this account'],
    [
      'an account under review',
      () => standing({ wabaId: number.wabaId, review: 'PENDING' }),
      'account',
      'still reviews',
    ],
    ['no PIN', () => byHand({ pin: null }), 'registration', 'not registered yet'],
    [
      'a wrong PIN',
      () => standing({ phoneNumberId: number.phoneNumberId, pin: '999999' }),
      'registration',
      'PIN is wrong',
    ],
    [
      'an unverified number',
      () => standing({ phoneNumberId: number.phoneNumberId, codeVerificationStatus: 'NOT_VERIFIED' }),
      'registration',
      'not verified',
    ],
    [
      'a blocked number',
      () => standing({ phoneNumberId: number.phoneNumberId, canSendMessage: 'BLOCKED' }),
      'sending',
      'Sending is blocked',
    ],
  ] as const)('%s is named with its cure, and nothing is connected', async (_, breakIt, name, title) => {
    await byHand();
    await breakIt();
    const { drafts } = await caller().connect.ways(slug());
    const { results, end } = await check(drafts[0]?.id ?? '');
    expect(results[name]).toMatchObject({ state: 'failed' });
    expect(results[name]?.title).toContain(title);
    expect(results[name]?.steps).not.toEqual([]);
    expect(end.connected).toBe(false);
    expect(await findChannel('phoneNumberId', number.phoneNumberId)).toBeUndefined();
  });

  test('what waits says for what', async () => {
    const { id } = await byHand({ pin: null });
    const { results } = await check(id);
    expect(results['callback']).toMatchObject({
      state: 'waiting',
      detail: 'Waits for: The number is registered for the Cloud API',
    });
  });

  test('templates alone may be missing', async () => {
    const { id } = await byHand();
    const { results, end } = await check(id);
    expect(results['templates']?.state).toBe('passed');
    expect(end.connected).toBe(true);
  });

  test('Meta cannot be reached: that is said, and the next click goes on', async () => {
    await standing({ token: number.token, unreachable: true });
    const { id } = await byHand();
    const { results, end } = await check(id);
    expect(results['token']).toMatchObject({ state: 'unreachable' });
    expect(results['token']?.detail).toContain('Meta did not answer');
    expect(end.connected).toBe(false);
    await standing({ token: number.token, unreachable: false });
    expect((await check(id)).end.connected).toBe(true);
  });

  test('a wrong value is replaced, and the same draft goes on', async () => {
    const { id } = await byHand({ appSecret: 'quite-wrong' });
    expect((await check(id)).states).toMatchObject({
      token: 'passed',
      secret: 'failed',
      callback: 'waiting',
    });
    const before = await caller().connect.number({ ...slug(), id });
    expect(before).toMatchObject({ channel: null, name: 'Bakery', phone: number.displayPhoneNumber });
    expect(before.results).toHaveLength(8);
    await caller().connect.mend({ ...slug(), id, appSecret: number.appSecret });
    expect((await check(id)).end.connected).toBe(true);
    expect(await caller().connect.number({ ...slug(), id })).toMatchObject({ name: 'Bakery', results: [] });
    expect((await caller().connect.ways(slug())).drafts).toEqual([]);
  });
});

describe('a draft', () => {
  const post = async (key: string, secret: string) => {
    const body = textWebhook(number.phoneNumberId, { wamid: 'wamid.draft' });
    const signature = { 'x-hub-signature-256': sign(body, secret) };
    const path = `${process.env['APP_URL']}/api/webhooks/whatsapp/${key}`;
    return (await fetch(path, { method: 'POST', body, headers: signature })).status;
  };

  test('takes no message, and loses none: what is signed is to be sent again', async () => {
    const { id } = await byHand({ pin: null });
    const { callbackUrl } = await caller().connect.number({ ...slug(), id });
    const key = callbackUrl?.split('/').at(-1) ?? '';
    expect(await post(key, number.appSecret)).toBe(503);
    expect(await post(key, 'wrong')).toBe(401);
    const asked = (token: string) =>
      fetch(`${callbackUrl}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${token}`);
    expect((await asked('wrong')).status).toBe(403);
    const { rows } = await owner.query("select count(*)::int as n from messages where wamid = 'wamid.draft'");
    expect(rows).toEqual([{ n: 0 }]);
  });

  test('is thrown away, with its address', async () => {
    const { id } = await byHand({ pin: null });
    const { callbackUrl } = await caller().connect.number({ ...slug(), id });
    await caller().connect.throwAway({ ...slug(), id });
    expect((await caller().connect.ways(slug())).drafts).toEqual([]);
    expect(await post(callbackUrl?.split('/').at(-1) ?? '', number.appSecret)).toBe(404);
    expect(await audit('channel.connecting-stopped')).toHaveLength(1);
    await expect(caller().connect.number({ ...slug(), id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('begun again is the same one, with the new values', async () => {
    const [one, again] = [await byHand({ pin: null }), await byHand()];
    expect(again.id).toBe(one.id);
    expect((await check(one.id)).end.connected).toBe(true);
    await expect(byHand()).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

test('a number that another tenant has cannot be taken, and whose it is stays unsaid', async () => {
  const other = await makeTenant();
  const { id: theirs } = await byHand({}, other);
  expect((await check(theirs, other)).end.connected).toBe(true);
  const { id } = await byHand();
  const { end } = await check(id);
  expect(end).toMatchObject({ connected: false, refused: expect.stringContaining('connected elsewhere') });
  expect(end.refused).not.toContain(other.slug);
  expect(await findChannel('phoneNumberId', number.phoneNumberId)).toMatchObject({ tenantId: other.id });
});

test('a demo number is connected in one call, each time another', async () => {
  const [one, other] = [await caller().connect.demo(slug()), await caller().connect.demo(slug())];
  expect([one.connected, other.connected]).toEqual([true, true]);
  expect(await caller().connect.number({ ...slug(), id: one.id })).toMatchObject({ results: [] });
  expect(one.id).not.toBe(other.id);
});

describe('by Meta’s dialog', () => {
  type SignedUp = { code: string; phone_number_id: string; waba_id: string };
  const dialog = (): Promise<SignedUp> =>
    meta.control('signup', { appId: '634974688087057', verifiedName: 'Kiosk' });
  const signUp = ({ code, phone_number_id: phoneNumberId, waba_id: wabaId }: SignedUp) =>
    caller().connect.signUp({ ...slug(), code, phoneNumberId, wabaId });

  test('the code becomes a channel on the platform’s app', async () => {
    const signedUp = await dialog();
    const { id } = await signUp(signedUp);
    const { states, end } = await check(id);
    expect(new Set(Object.values(states))).toEqual(new Set(['passed']));
    expect(end.connected).toBe(true);
    expect(await findChannel('phoneNumberId', signedUp.phone_number_id)).toMatchObject({ appSecret: null });
    const news = { phone_number_id: signedUp.phone_number_id, from: '16505551234', text: 'Hi' };
    expect(await meta.control('inbound', news)).toMatchObject({ delivered: { status: 200 } });
  });

  test('a code is good once, and for 30 seconds', async () => {
    const signedUp = await dialog();
    await signUp(signedUp);
    await expect(signUp(signedUp)).rejects.toThrow('has been used');
    const late = await dialog();
    await meta.control('clock', { advanceSeconds: 31 });
    await expect(signUp(late)).rejects.toThrow('has expired');
  });

  test('a number with a PIN of its own asks for it', async () => {
    const signedUp = await dialog();
    await standing({ phoneNumberId: signedUp.phone_number_id, pin: '424242' });
    const { id } = await signUp(signedUp);
    expect((await check(id)).results['registration']).toMatchObject({ state: 'failed', mend: 'pin' });
    await caller().connect.mend({ ...slug(), id, pin: '424242' });
    expect((await check(id)).end.connected).toBe(true);
  });
});

describe('the first message', () => {
  const read = (id: string) => caller().connect.firstMessage({ ...slug(), id });
  const writes = (text: string, from = '16505551234') =>
    meta.control('inbound', { phone_number_id: number.phoneNumberId, from, text });

  test('is the word, however it was typed; then a member answers once', async () => {
    const { id } = await byHand();
    await check(id);
    await owner.query('update channels set bot_on = false where id = $1', [id]);
    forgetChannels();
    const { word, heard } = await read(id);
    expect(heard).toBeNull();
    await writes('Hello?');
    expect(await read(id)).toMatchObject({ heard: null, other: 'Hello?' });
    const messageId = '01933333-3333-7333-8333-333333333333';
    await expect(caller().connect.answer({ ...slug(), id, messageId })).rejects.toThrow('not come in yet');
    await writes(` ${word.toUpperCase().replaceAll(' ', '  ')}.`);
    expect(await read(id)).toMatchObject({ heard: { from: expect.any(String) }, reply: null });
    await caller().connect.answer({ ...slug(), id, messageId });
    await caller().connect.answer({ ...slug(), id, messageId });
    expect(await read(id)).toMatchObject({ reply: { byBot: false } });
    const { rows } = await owner.query(
      "select id from messages where channel_id = $1 and direction = 'outbound'",
      [id],
    );
    expect(rows).toEqual([{ id: messageId }]);
  });
});
