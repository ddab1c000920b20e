import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, startBench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

type Fields = Record<string, never>;
type Fresh = Record<'phoneNumberId' | 'wabaId' | 'token' | 'appId' | 'appSecret', string>;

async function graph(path: string, token: string, method = 'GET', body?: object) {
  const response = await fetch(`${bench.meta.url}/v25.0/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Fields };
}

async function fresh(): Promise<Fresh> {
  const { body } = await bench.control('/numbers/fresh', { verifiedName: 'Bakery' });
  return body as Fresh;
}
const standing = (news: object) => bench.control('/standing', news);
const refused = (code: number, subcode?: number) => ({
  error: { code, ...(subcode !== undefined && { error_subcode: subcode }) },
});

test('a fresh number is registered by its first PIN, and after that by no other', async () => {
  const { phoneNumberId, token } = await fresh();
  const register = (pin: string) =>
    graph(`${phoneNumberId}/register`, token, 'POST', { messaging_product: 'whatsapp', pin });
  const status = async () => (await graph(`${phoneNumberId}?fields=status,is_pin_enabled`, token)).body;
  const text = { messaging_product: 'whatsapp', to: '16505551234', type: 'text', text: { body: 'Hi' } };
  const send = async () => (await graph(`${phoneNumberId}/messages`, token, 'POST', text)).body;

  expect(await status()).toMatchObject({ status: 'PENDING', is_pin_enabled: false });
  expect(await send()).toMatchObject(refused(133010));
  expect(await register('12345')).toMatchObject({ status: 400, body: refused(100) });
  expect(await register('123456')).toEqual({ status: 200, body: { success: true } });
  expect(await status()).toMatchObject({ status: 'CONNECTED', is_pin_enabled: true });
  expect(await send()).toHaveProperty('messages');
  expect(await register('654321')).toMatchObject({ status: 400, body: refused(133005) });

  await standing({ phoneNumberId, codeVerificationStatus: 'EXPIRED' });
  expect(await register('123456')).toMatchObject({ status: 400, body: refused(133006) });
  for (let more = 0; more < 6; more += 1) await register('123456');
  expect(await register('123456')).toMatchObject({ status: 400, body: refused(133016) });
});

test('debug_token proves the secret, and shows an app its own tokens alone', async () => {
  const [mine, other] = [await fresh(), await fresh()];
  const debug = (asker: string, token = mine.token) =>
    graph(`debug_token?input_token=${encodeURIComponent(token)}`, asker);
  const me = `${mine.appId}|${mine.appSecret}`;

  const data = { app_id: mine.appId, type: 'SYSTEM_USER', expires_at: 0, is_valid: true };
  expect(await debug(me)).toMatchObject({ status: 200, body: { data } });
  expect(await debug(`${mine.appId}|wrong`)).toMatchObject({ status: 401, body: refused(190) });
  expect(await debug('1234567|wrong')).toMatchObject({ status: 400, body: refused(101) });
  expect(await debug(me, other.token)).toMatchObject({ status: 400, body: refused(100) });
  expect(await debug(me, 'nobody')).toMatchObject({ status: 200, body: { data: { is_valid: false } } });
  expect(await debug(mine.token)).toMatchObject({ body: { data: { is_valid: true } } });

  await standing({ token: mine.token, expired: true });
  const expired = { is_valid: false, app_id: mine.appId, error: { code: 190, subcode: 463 } };
  expect((await debug(me)).body).toMatchObject({ data: expired });
});

describe('what can be broken', () => {
  test.each([
    ['an expired token', { expired: true }, 401, refused(190, 463)],
    ['a token that may not manage', { scopes: ['whatsapp_business_messaging'] }, 403, refused(200)],
  ])('%s', async (_, news, status, body) => {
    const { token, wabaId } = await fresh();
    await standing({ token, ...news });
    for (const path of [wabaId, `${wabaId}/phone_numbers`, `${wabaId}/message_templates`])
      expect(await graph(path, token)).toMatchObject({ status, body });
  });

  test('a token that may not send', async () => {
    const { token, phoneNumberId } = await fresh();
    await standing({ token, scopes: ['whatsapp_business_management'] });
    const answer = await graph(`${phoneNumberId}/messages`, token, 'POST', {});
    expect(answer).toMatchObject({ status: 403, body: refused(200) });
  });

  test('an account that is not approved, a number that may not send', async () => {
    const { token, wabaId, phoneNumberId } = await fresh();
    await standing({ wabaId, review: 'REJECTED' });
    await standing({ phoneNumberId, canSendMessage: 'BLOCKED' });
    expect((await graph(`${wabaId}?fields=account_review_status`, token)).body).toMatchObject({
      account_review_status: 'REJECTED',
    });
    const { body } = await graph(`${phoneNumberId}?fields=health_status`, token);
    expect(body).toMatchObject({
      health_status: { can_send_message: 'BLOCKED', entities: [{ errors: [{ error_code: 141000 }] }] },
    });
  });

  test('Meta itself, for one token or for everybody', async () => {
    const { token, wabaId } = await fresh();
    await standing({ token, unreachable: true });
    await expect(graph(wabaId, token)).rejects.toThrow();
    await expect(graph(`debug_token?input_token=${token}`, 'other')).rejects.toThrow();
    await standing({ token, unreachable: false });
    expect(await graph(wabaId, token)).toMatchObject({ status: 200 });
    await bench.control('/behaviour', { graphUnreachable: true });
    await expect(graph(wabaId, token)).rejects.toThrow();
    await bench.control('/behaviour', { graphUnreachable: false });
  });

  test('nothing that is not known', async () => {
    expect(await standing({ phoneNumberId: '123456', colour: 'red' })).toMatchObject({ status: 400 });
  });
});

test('one more token opens the same account', async () => {
  const { wabaId } = await fresh();
  await bench.control('/tokens', { token: `more-${wabaId}`, wabaId });
  expect(await graph(wabaId, `more-${wabaId}`)).toMatchObject({ status: 200 });
  expect(await bench.control('/tokens', { token: 'x', wabaId: '111111' })).toMatchObject({ status: 400 });
});

test('a sign-up’s code is exchanged once, by its app, within 30 seconds', async () => {
  const app = { id: '634974688087057', secret: 'demo-app-secret' };
  const signUp = async () => (await bench.control('/signup', { appId: app.id, verifiedName: 'Kiosk' })).body;
  const exchange = async (code: unknown, { id, secret } = app) =>
    graph(`oauth/access_token?client_id=${id}&client_secret=${secret}&code=${code}`, '');

  const { code, waba_id: waba } = await signUp();
  expect(await exchange(code, { ...app, secret: 'wrong' })).toMatchObject({ body: refused(1) });
  expect(await exchange(code, { ...app, id: '1234567' })).toMatchObject({ body: refused(101) });
  expect(await exchange('nothing')).toMatchObject({ status: 400, body: refused(100, 36008) });
  const { status, body } = await exchange(code);
  expect(status).toBe(200);
  expect(await graph(String(waba), body['access_token'] ?? '')).toMatchObject({ status: 200 });
  expect(await exchange(code)).toMatchObject({ status: 400, body: refused(100, 36009) });

  const late = (await signUp())['code'];
  await bench.control('/clock', { advanceSeconds: 31 });
  expect(await exchange(late)).toMatchObject({ status: 400, body: refused(100, 36007) });
});
