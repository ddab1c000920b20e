import { beforeEach, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { findChannel, forgetChannels } from './find-channel.ts';

const { owner } = testDatabase();
let tenant: TestTenant;

beforeEach(async () => {
  forgetChannels();
  tenant = await makeTenant();
});

test('a channel is found by its key and by its number, secrets in the clear', async () => {
  const byKey = await findChannel('key', tenant.slug);
  expect(byKey).toMatchObject({
    tenantId: tenant.id,
    accessToken: tenant.token,
    appSecret: null,
    botOn: true,
  });
  expect(await findChannel('phoneNumberId', tenant.phoneNumberId)).toEqual(byKey);
  expect(await findChannel('key', tenant.phoneNumberId)).toBeUndefined();
});

test('what was changed elsewhere is known after five seconds, and a new channel after one', async () => {
  const now = Date.now();
  await findChannel('key', tenant.slug, now);
  await findChannel('key', 'later', now);
  await owner.query("update channels set bot_on = false, key = 'later' where tenant_id = $1", [tenant.id]);
  expect(await findChannel('key', tenant.slug, now + 4_999)).toMatchObject({ botOn: true });
  expect(await findChannel('key', tenant.slug, now + 5_000)).toBeUndefined();
  expect(await findChannel('key', 'later', now + 999)).toBeUndefined();
  expect(await findChannel('key', 'later', now + 1_000)).toMatchObject({ botOn: false });
});
