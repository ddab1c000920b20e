import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, textWebhook } from '#server/testing/factories.ts';
import { receive } from '#server/testing/receive.ts';
import { listTenants } from './list-tenants.ts';

testDatabase();

test('every tenant is listed, newest first, with what it has', async () => {
  const [first, second] = [await makeTenant(), await makeTenant()];
  await receive(textWebhook(first.phoneNumberId, { wamid: 'w' }));
  expect(await listTenants()).toMatchObject([
    { slug: second.slug, state: 'active', members: 2, channels: 1, conversations: 0 },
    { slug: first.slug, state: 'active', members: 2, channels: 1, conversations: 1 },
  ]);
});
