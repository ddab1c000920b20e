import { beforeEach, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';

const { owner } = testDatabase();
let tenant: TestTenant;

beforeEach(async () => {
  tenant = await makeTenant({ bot: false });
});

const tenants = () => memberCaller(tenant, tenant.owner).tenants;
const usage = () => tenants().usage({ tenant: tenant.slug });
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

async function wrote(from: string, hours: number) {
  const at = Math.floor(hoursAgo(hours).getTime() / 1_000);
  const wamid = `wamid.${tenant.slug}.${from}.${hours}`;
  expect(await receive(textWebhook(tenant.phoneNumberId, { from, wamid, at }))).toEqual({ status: 200 });
}

/** What a template leaves behind: sent and delivered so many hours ago. */
const reached = (from: string, sent: number, delivered: number | null) =>
  owner.query(
    `insert into messages (tenant_id, id, conversation_id, channel_id, at, direction, author, kind, body, queued_at, delivered_at)
     select c.tenant_id, $3, c.id, c.channel_id, $4, 'outbound', 'member', 'template', 'Hello again', $4, $5
     from conversations c join addresses a on a.tenant_id = c.tenant_id and a.lead_id = c.lead_id
     where c.tenant_id = $1 and a.value = $2`,
    [tenant.id, from, newId(), hoursAgo(sent), delivered === null ? null : hoursAgo(delivered)],
  );

test('who was reached outside their window in 24 hours is counted once, against what Meta allows', async () => {
  expect((await usage()).reach).toEqual([{ numbers: ['Main line'], used: 0, most: null }]);
  for (const from of ['16505550001', '16505550002', '16505550003', '16505550004']) await wrote(from, 60);
  await wrote('16505550002', 3);
  await reached('16505550001', 5, 5);
  await reached('16505550001', 4, 4);
  // In the window; a day ago; not delivered.
  await reached('16505550002', 2, 2);
  await reached('16505550003', 26, 25);
  await reached('16505550004', 1, null);
  await owner.query(
    `insert into channel_health (tenant_id, channel_id, messaging_limit) values ($1, $2, 'TIER_2K')
     on conflict (tenant_id, channel_id) do update set messaging_limit = excluded.messaging_limit`,
    [tenant.id, tenant.channelId],
  );
  expect((await usage()).reach).toEqual([{ numbers: ['Main line'], used: 1, most: 2_000 }]);
});

test('what Meta counted is told in money by the prices that were entered, and not before all have one', async () => {
  const charge = (category: string, type: string, count: number) =>
    owner.query(
      `insert into charges (tenant_id, month, channel_id, category, type, slot, count)
       values ($1, date_trunc('month', now() at time zone 'Europe/Madrid')::date, $2, $3, $4, 0, $5)`,
      [tenant.id, tenant.channelId, category, type, count],
    );
  await charge('service', 'free_customer_service', 1_000);
  await charge('service', 'regular', 200);
  await charge('marketing', 'regular', 3);
  const prices = (currency: string, each: Record<string, number>) =>
    tenants().setChargePrices({ tenant: tenant.slug, currency, each });
  expect(await usage()).toMatchObject({ prices: null, charges: [{ free: 1_000, cost: null }] });
  await prices('eur', { service: 0.05 });
  expect(await usage()).toMatchObject({ prices: { currency: 'EUR' }, charges: [{ cost: null }] });
  await prices('EUR', { service: 0.05, marketing: 0.5 });
  expect((await usage()).charges[0]?.cost).toBeCloseTo(11.5);
  await expect(prices('EURO', {})).rejects.toThrow('three letters');
  await expect(prices('EUR', { service: -1 })).rejects.toThrow('from 0');
  const tooMany = Object.fromEntries(
    Array.from({ length: 51 }, (_, index) => [
      `${'a'.repeat(1 + (index % 30))}${'-'.repeat(1 + Math.floor(index / 30))}`,
      1,
    ]),
  );
  await expect(prices('EUR', tooMany)).rejects.toThrow('room for 50');
  const { rows } = await owner.query(
    "select details from audit where tenant_id = $1 and action = 'tenant.charge-prices' order by at desc limit 1",
    [tenant.id],
  );
  expect(rows).toEqual([{ details: { currency: 'EUR', service: 0.05, marketing: 0.5 } }]);
});
