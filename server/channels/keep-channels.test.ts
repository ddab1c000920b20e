import { beforeEach, describe, expect, test } from 'vitest';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { deliverMessages } from '#server/delivery/deliver-message.ts';
import { seal } from '#server/secrets/seal.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, sign, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { simulatedMetaWithWeb } from '#server/testing/simulated-meta.ts';
import { channelSecret } from './channel-secret.ts';
import { findChannel, forgetChannels } from './find-channel.ts';
import { writeArrivals } from './note-arrivals.ts';
import { sweepChannels } from './sweep-channels.ts';
import { watchChannel } from './watch-channel.ts';

const { owner } = testDatabase();
process.env['PARLEY_DEMO'] = '1';
const meta = simulatedMetaWithWeb();
let tenant: TestTenant;
let app: { appId: string; secret: string; verifyToken: string };

let made = 0;

/** A tenant whose channel has a Meta app of its own, which Meta knows. */
beforeEach(async () => {
  made += 1;
  tenant = await makeTenant({ bot: false });
  app = { appId: `900${process.pid}${made}`, secret: `secret-of-${tenant.slug}`, verifyToken: 'their-token' };
  await meta.control('apps', {
    ...app,
    name: 'Theirs',
    webhookPath: `/api/webhooks/whatsapp/${tenant.slug}`,
  });
  await meta.control('numbers', {
    ...{ phoneNumberId: tenant.phoneNumberId, wabaId: tenant.wabaId, token: tenant.token, appId: app.appId },
    ...{ displayPhoneNumber: '15550000000', verifiedName: 'Test' },
  });
  await set({
    appId: app.appId,
    appSecret: seal(app.secret, channelSecret(tenant.id, 'app_secret')),
    verifyToken: seal(app.verifyToken, channelSecret(tenant.id, 'verify_token')),
  });
});

async function set(data: object) {
  await asPlatform(({ db }) => db.channel.updateMany({ where: { tenantId: tenant.id }, data }));
  forgetChannels();
}
const another = () => `another-token-of-${tenant.slug}`;
const setToken = (token: string) =>
  set({ accessToken: seal(token, channelSecret(tenant.id, 'access_token')) });
const own = () => memberCaller(tenant, tenant.owner).channels;
const where = () => ({ tenant: tenant.slug, key: tenant.slug });
const standing = (changed: object) => meta.control('standing', changed);
const watch = () => watchChannel(tenant.id, tenant.channelId);
const health = async () => (await own().get(where())).health;
const letters = async () =>
  (
    await owner.query('select recipient, subject, text, link from letters where tenant_id = $1 order by id', [
      tenant.id,
    ])
  ).rows;
const audit = async () =>
  (await owner.query('select action from audit where tenant_id = $1 order by at, id', [tenant.id])).rows.map(
    ({ action }) => action,
  );
let sent = 0;
async function arrive(secret: string) {
  sent += 1;
  const body = textWebhook(tenant.phoneNumberId, { wamid: `wamid.kept.${sent}` });
  const { receiveWebhook } = await import('#server/ingest/receive-webhook.ts');
  return (await receiveWebhook(Buffer.from(body), sign(body, secret), tenant.slug)).status;
}
const shake = async (token: string) => {
  const { answerHandshake } = await import('#server/ingest/receive-webhook.ts');
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '1' };
  return (await answerHandshake(new URLSearchParams(query), tenant.slug)).status;
};

describe('the page names the cause and the cure', () => {
  test('of nothing, when all is well', async () => {
    await watch();
    expect(await health()).toMatchObject({
      ...{
        state: 'well',
        problem: null,
        numberStatus: 'CONNECTED',
        quality: 'GREEN',
        messagingLimit: 'TIER_2K',
      },
      tokenExpiresAt: null,
    });
  });

  test.each<[string, () => Promise<unknown>]>([
    ['token-wrong', () => setToken('a token that opens nothing')],
    ['token-expired', () => standing({ token: tenant.token, expired: true })],
    ['permission-missing', () => standing({ token: tenant.token, scopes: ['whatsapp_business_management'] })],
    ['number-down', () => standing({ phoneNumberId: tenant.phoneNumberId, status: 'UNVERIFIED' })],
    ['secret-wrong', () => set({ appSecret: seal('wrong', channelSecret(tenant.id, 'app_secret')) })],
    [
      'not-subscribed',
      () =>
        fetch(`${process.env['GRAPH_API_URL']}/v25.0/${tenant.wabaId}/subscribed_apps`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${tenant.token}` },
        }),
    ],
    ['verify-token-wrong', () => shake('another token').then(() => writeArrivals())],
    [
      'signatures-wrong',
      async () => {
        await set({ appId: null });
        await arrive('another secret');
        await writeArrivals();
      },
    ],
  ])('%s', async (problem, breakIt) => {
    const began = Date.now();
    await breakIt();
    await watch();
    const { state, problem: told, since } = await health();
    expect([state, told?.name]).toEqual(['broken', problem]);
    expect(told?.remedy.length).toBeGreaterThan(20);
    expect(new Date(since ?? 0).getTime()).toBeGreaterThanOrEqual(began);
  });

  test('a rightly signed webhook ends what was said of signatures', async () => {
    await set({ appId: null });
    expect(await arrive('another secret')).toBe(401);
    await writeArrivals();
    expect(await arrive(app.secret)).toBe(200);
    await writeArrivals(Date.now() + 61_000);
    await watch();
    expect(await health()).toMatchObject({ state: 'well', lastWebhookAt: expect.any(String) });
  });

  test('what is known stays while Meta cannot be reached, and nobody is written to', async () => {
    await watch();
    await standing({ token: tenant.token, unreachable: true });
    await watch();
    expect(await health()).toMatchObject({
      ...{ state: 'warning', problem: { name: 'unreachable' }, quality: 'GREEN' },
    });
    expect(await letters()).toEqual([]);
  });
});

test('owners get one letter when it breaks and one when it is well, however often it is looked at', async () => {
  await watch();
  await standing({ token: tenant.token, expired: true });
  await watch();
  await watch();
  expect(await letters()).toEqual([
    expect.objectContaining({
      recipient: tenant.owner.email,
      subject: 'Main line does not work: The access token has expired',
      link: `http://localhost:3000/t/${tenant.slug}/channels/${tenant.slug}`,
    }),
  ]);
  await standing({ token: tenant.token, expired: false });
  await watch();
  await watch();
  expect((await letters()).map(({ subject }) => subject)).toEqual([
    'Main line does not work: The access token has expired',
    'Main line works again',
  ]);
});

test('each channel that is due gets a job, once; a tenant’s second comes after everybody’s first', async () => {
  await owner.query("update channel_health set due_at = now() + interval '1 day'");
  await owner.query('delete from channel_health where tenant_id = $1', [tenant.id]);
  const waiting = async () =>
    (await owner.query("select data ->> 'channelId' as id from pgboss.job where name = 'watch-channel'")).rows
      .map(({ id }) => id)
      .filter((id) => id === tenant.channelId).length;
  await owner.query("delete from pgboss.job where name = 'watch-channel'");
  await sweepChannels();
  await sweepChannels();
  expect(await waiting()).toBe(1);
});

describe('a new token', () => {
  test('is taken when it opens the number', async () => {
    await meta.control('tokens', { token: another(), wabaId: tenant.wabaId });
    await own().replaceToken({ ...where(), accessToken: `  ${another()}\n` });
    expect(await findChannel('key', tenant.slug)).toMatchObject({ accessToken: another() });
    expect(await audit()).toEqual(['channel.token-replaced']);
  });

  test('sends what a process that still had the old one was refused for', async () => {
    await arrive(app.secret);
    const [{ id }] = (await owner.query('select id from conversations where tenant_id = $1', [tenant.id]))
      .rows;
    const text = { tenant: tenant.slug, conversationId: id, text: 'Hi', id: newId() };
    await memberCaller(tenant).inbox.send(text);
    await meta.control('tokens', { token: another(), wabaId: tenant.wabaId });
    forgetChannels();
    await findChannel('phoneNumberId', tenant.phoneNumberId, Date.now() - 2_000);
    const accessToken = seal(another(), channelSecret(tenant.id, 'access_token'));
    await asPlatform(({ db }) =>
      db.channel.updateMany({ where: { tenantId: tenant.id }, data: { accessToken } }),
    );
    await standing({ token: tenant.token, expired: true });
    await deliverMessages({ tenantId: tenant.id, conversationId: id });
    const { rows } = await owner.query('select failure, accepted_at from messages where id = $1', [text.id]);
    expect(rows[0]).toMatchObject({ failure: null, accepted_at: expect.any(Date) });
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['that opens nothing', async () => {}, 'Meta does not accept the access token'],
    [
      'that lacks a permission',
      async () => {
        await meta.control('tokens', { token: another(), wabaId: tenant.wabaId });
        await standing({ token: another(), scopes: ['whatsapp_business_messaging'] });
      },
      'The access token lacks a permission',
    ],
    ['while Meta is silent', () => standing({ token: another(), unreachable: true }), 'cannot be reached'],
  ])('%s is refused in words, and the old one stays', async (_, prepare, words) => {
    await prepare();
    await expect(own().replaceToken({ ...where(), accessToken: another() })).rejects.toThrow(words);
    forgetChannels();
    expect(await findChannel('key', tenant.slug)).toMatchObject({ accessToken: tenant.token });
    expect(await audit()).toEqual([]);
  });
});

describe('a new app secret', () => {
  test('and the old one are taken until somebody ends that', async () => {
    await meta.control('apps', { ...app, secret: 'the-new-secret', name: 'Theirs', webhookPath: '/x' });
    await own().replaceAppSecret({ ...where(), appSecret: 'the-new-secret' });
    expect([await arrive(app.secret), await arrive('the-new-secret')]).toEqual([200, 200]);
    expect((await own().get(where())).keys?.formerSecretUntil).not.toBeNull();

    await own().endFormer({ ...where(), which: 'secret' });
    expect([await arrive(app.secret), await arrive('the-new-secret')]).toEqual([401, 200]);
    expect((await own().get(where())).keys?.formerSecretUntil).toBeNull();
    expect(await audit()).toEqual(['channel.secret-replaced', 'channel.former-secret-ended']);
  });

  test('that Meta does not know is refused, and the old one stays', async () => {
    const wrong = own().replaceAppSecret({ ...where(), appSecret: 'not-the-secret' });
    await expect(wrong).rejects.toThrow('Meta does not accept this as the secret of the app');
    expect(await arrive(app.secret)).toBe(200);
  });
});

test('a new verify token is made here, shown to who asks, and the old one is taken for a day', async () => {
  expect(await own().showVerifyToken(where())).toBe(app.verifyToken);
  await own().replaceVerifyToken(where());
  const made = await own().showVerifyToken(where());
  expect(made).not.toBe(app.verifyToken);
  expect([await shake(app.verifyToken), await shake(made), await shake('neither')]).toEqual([200, 200, 403]);
  await own().endFormer({ ...where(), which: 'verify-token' });
  expect([await shake(app.verifyToken), await shake(made)]).toEqual([403, 200]);
  expect(await audit()).toEqual([
    ...['channel.verify-token-shown', 'channel.verify-token-replaced'],
    ...['channel.verify-token-shown', 'channel.former-verify-token-ended'],
  ]);
});

describe('disconnected', () => {
  test('nothing is sent, what arrives is kept; connected again all is as it was', async () => {
    // An address of its own Meta would ask for its challenge, which in this test has another port.
    await set({ botOn: true, verifyToken: null });
    await arrive(app.secret);
    await own().disconnect(where());
    expect(await own().get(where())).toMatchObject({ unsubscribeProblem: null });
    expect(await arrive(app.secret)).toBe(200);
    const [{ conversation }] = (
      await owner.query('select conversation_id as conversation from messages where tenant_id = $1', [
        tenant.id,
      ])
    ).rows;
    const text = { tenant: tenant.slug, conversationId: conversation, text: 'Hi' };
    const send = () => memberCaller(tenant).inbox.send({ ...text, id: newId() });
    await expect(send()).rejects.toThrow('This number is disconnected');
    const view = await memberCaller(tenant).inbox.conversation({ tenant: tenant.slug, id: conversation });
    expect(view).toMatchObject({ disconnected: true });
    await expect(own().setBot({ ...where(), on: true })).rejects.toThrow('disconnected');

    await own().reconnect(where());
    await send();
    expect(await own().get(where())).toMatchObject({ botOn: true, disconnectedAt: null });
    expect(await audit()).toEqual(['channel.disconnected', 'channel.reconnected']);
  });

  test('what waited to be sent is not', async () => {
    await arrive(app.secret);
    const [{ id }] = (await owner.query('select id from conversations where tenant_id = $1', [tenant.id]))
      .rows;
    const text = { tenant: tenant.slug, conversationId: id, text: 'Hi', id: newId() };
    await memberCaller(tenant).inbox.send(text);
    await own().disconnect(where());
    await deliverMessages({ tenantId: tenant.id, conversationId: id });
    expect(await meta.attempts(tenant)).toEqual([]);
    const { rows } = await owner.query('select failure from messages where id = $1', [text.id]);
    expect(rows[0].failure).toMatchObject({ title: 'The number is disconnected' });
  });

  test('from that moment, also in a process that remembers it otherwise', async () => {
    await arrive(app.secret);
    const [{ id }] = (await owner.query('select id from conversations where tenant_id = $1', [tenant.id]))
      .rows;
    const text = { tenant: tenant.slug, conversationId: id, text: 'Hi', id: newId() };
    await memberCaller(tenant).inbox.send(text);
    await findChannel('phoneNumberId', tenant.phoneNumberId);
    await owner.query('update channels set disconnected_at = now() where id = $1', [tenant.channelId]);
    await deliverMessages({ tenantId: tenant.id, conversationId: id });
    expect(await meta.attempts(tenant)).toEqual([]);
  });

  test('that Meta did not hear of it stays to be read, until it does', async () => {
    await standing({ token: tenant.token, expired: true });
    await own().disconnect(where());
    const told = async () => (await own().get(where())).unsubscribeProblem;
    expect(await told()).toMatch(/^Meta says: .+ replace it first\.$/);
    const message = await told();
    await expect(own().unsubscribe(where())).rejects.toMatchObject({ code: 'PRECONDITION_FAILED', message });
    await standing({ token: tenant.token, expired: false });
    await own().unsubscribe(where());
    expect(await told()).toBeNull();
    expect(await audit()).toEqual(['channel.disconnected', 'channel.unsubscribed']);
  });

  test('Meta’s no leaves it disconnected', async () => {
    await own().disconnect(where());
    await standing({ token: tenant.token, expired: true });
    await expect(own().reconnect(where())).rejects.toThrow('replace it first');
    expect((await own().get(where())).disconnectedAt).not.toBeNull();
  });
});

test('an agent sees how the number is, and nothing to change it with', async () => {
  const agent = memberCaller(tenant).channels;
  expect(await agent.get(where())).toMatchObject({ key: tenant.slug, ownApp: true, keys: null });
  for (const deed of [agent.check, agent.showVerifyToken, agent.disconnect])
    await expect(deed(where())).rejects.toThrow('Only an owner or an admin');
});
