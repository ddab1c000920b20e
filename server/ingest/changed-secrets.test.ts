import { beforeEach, expect, test } from 'vitest';
import { channelSecret } from '#server/channels/channel-secret.ts';
import { findChannel, forgetChannels } from '#server/channels/find-channel.ts';
import { stopNotingArrivals, writeArrivals } from '#server/channels/note-arrivals.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { seal } from '#server/secrets/seal.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, sign, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { answerHandshake, receiveWebhook } from './receive-webhook.ts';

const { owner } = testDatabase();
let tenant: TestTenant;

const sealed = (column: Parameters<typeof channelSecret>[1], secret: string) =>
  seal(secret, channelSecret(tenant.id, column));

/** As another process would, that this one hears nothing of. */
const change = (data: object) =>
  asPlatform(({ db }) => db.channel.updateMany({ where: { tenantId: tenant.id }, data }));

let count = 0;
function arrive(secret: string, signature?: string) {
  count += 1;
  const body = textWebhook(tenant.phoneNumberId, { wamid: `wamid.changed.${count}` });
  return receiveWebhook(Buffer.from(body), signature ?? sign(body, secret), tenant.slug);
}
const shake = (token: string) =>
  answerHandshake(
    new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '1' }),
    tenant.slug,
  );
const health = async () =>
  (await owner.query('select * from channel_health where tenant_id = $1', [tenant.id])).rows[0];

beforeEach(async () => {
  await stopNotingArrivals();
  tenant = await makeTenant({ bot: false });
  await change({
    appSecret: sealed('app_secret', 'the old secret'),
    verifyToken: sealed('verify_token', 'old-token'),
  });
  forgetChannels();
});

const replaced = (until: Date) => ({
  appSecret: sealed('app_secret', 'the new secret'),
  appSecretBefore: sealed('app_secret_before', 'the old secret'),
  appSecretBeforeUntil: until,
  verifyToken: sealed('verify_token', 'new-token'),
  verifyTokenBefore: sealed('verify_token_before', 'old-token'),
  verifyTokenBeforeUntil: until,
});
const inAnHour = () => new Date(Date.now() + 3_600_000);

test('after a change both secrets are taken, and both verify tokens, until the time is over', async () => {
  await change(replaced(inAnHour()));
  expect(await arrive('the old secret')).toEqual({ status: 200 });
  expect(await arrive('the new secret')).toEqual({ status: 200 });
  expect(await arrive('neither')).toEqual({ status: 401 });
  for (const token of ['old-token', 'new-token']) expect(await shake(token)).toMatchObject({ status: 200 });
  expect(await shake('neither')).toEqual({ status: 403 });

  await change(replaced(new Date(Date.now() - 1)));
  forgetChannels();
  expect(await arrive('the old secret')).toEqual({ status: 401 });
  expect(await arrive('the new secret')).toEqual({ status: 200 });
  expect(await shake('old-token')).toEqual({ status: 403 });
});

test('a secret that another process replaced is taken at once, though this one remembers the old one', async () => {
  await findChannel('key', tenant.slug, Date.now() - 2_000);
  await change(replaced(inAnHour()));
  expect(await arrive('the new secret')).toEqual({ status: 200 });
});

test('whoever signs wrongly again and again costs one look a second', async () => {
  expect(await arrive('wrong')).toEqual({ status: 401 });
  await change({ appSecret: sealed('app_secret', 'the new secret') });
  // This second was used up by the first one.
  expect(await arrive('the new secret')).toEqual({ status: 401 });
  await expect.poll(async () => (await arrive('the new secret')).status, { timeout: 3_000 }).toBe(200);
});

test('when the last webhook came is written once a minute at most, what was turned away sooner', async () => {
  const began = Date.now();
  await arrive('the old secret');
  await writeArrivals();
  const first = await health();
  expect(first.webhook_at.getTime()).toBeGreaterThanOrEqual(began);
  await arrive('the old secret');
  await writeArrivals();
  expect((await health()).webhook_at).toEqual(first.webhook_at);

  await arrive('wrong');
  await shake('wrong');
  await writeArrivals();
  expect(await health()).toMatchObject({ rejections: 2, rejected_kind: 'handshake' });
  await writeArrivals(Date.now() + 60_001);
  expect((await health()).webhook_at.getTime()).toBeGreaterThan(first.webhook_at.getTime());
});

test('who is turned away without a signature, or by the platform’s door, is nobody’s trouble', async () => {
  const body = Buffer.from(textWebhook(tenant.phoneNumberId, { wamid: 'wamid.x' }));
  expect(await receiveWebhook(body, undefined, tenant.slug)).toEqual({ status: 401 });
  expect(await receiveWebhook(body, sign(body, 'wrong'), null)).toEqual({ status: 401 });
  await writeArrivals();
  expect(await health()).toBeUndefined();
});
