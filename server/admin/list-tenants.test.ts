import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, textWebhook } from '#server/testing/factories.ts';
import { receive } from '#server/testing/receive.ts';
import { listTenants } from './list-tenants.ts';

const { owner } = testDatabase();
const lastAt = '2026-11-20T10:00:00.000Z';

test('every tenant is listed, newest first, with what it has and whom to ask', async () => {
  const [first, second] = [await makeTenant(), await makeTenant()];
  await receive(textWebhook(first.phoneNumberId, { wamid: 'w' }));
  await owner.query('update conversations set last_at = $1', [lastAt]);
  const { tenants, total } = await listTenants();
  expect(total).toBe(2);
  expect(tenants).toMatchObject([
    { slug: second.slug, state: 'active', members: 2, channels: 1, conversations: 0, lastMessageAt: null },
    {
      slug: first.slug,
      owner: first.owner.email,
      conversations: 1,
      lastMessageAt: lastAt,
    },
  ]);
});

test('a closed conversation counts for the last message too', async () => {
  await owner.query('update conversations set open = false');
  const { tenants } = await listTenants();
  expect(tenants.at(-1)).toMatchObject({ lastMessageAt: lastAt });
});

test('of more than are shown the newest are, and the number of all is told', async () => {
  const { tenants, total } = await listTenants(1);
  expect(tenants).toHaveLength(1);
  expect(total).toBe(2);
});
