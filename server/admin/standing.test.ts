import { beforeAll, describe, expect, test } from 'vitest';
import { takeTurns } from '#server/bot/take-turns.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { claimMessage } from '#server/delivery/claim-message.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let admin: { id: string; email: string; name: string; superadmin: boolean };

beforeAll(async () => {
  tenant = await makeTenant();
  const root = await makeTenant();
  await owner.query('update users set superadmin = true where id = $1', [root.owner.id]);
  admin = { ...root.owner, superadmin: true };
});

const asAdmin = () => memberCaller(tenant, admin).admin;
const asMember = () => memberCaller(tenant, tenant.owner);
const slug = () => ({ slug: tenant.slug });
const current = async () => (await asMember().tenants.current({ tenant: tenant.slug })).standing;
const acts = async () => (await asAdmin().tenant(slug())).acts.map(({ action, reason }) => [action, reason]);
const conversationId = async () =>
  (await asPlatform(({ db }) => db.conversation.findFirstOrThrow({ where: { tenantId: tenant.id } }))).id;

describe('a tenant is suspended, and resumed', () => {
  test('its members see why, and nothing of the inbox', async () => {
    await receive(textWebhook(tenant.phoneNumberId, { wamid: 'before', from: '16505550001' }));
    await takeTurns([{ tenantId: tenant.id, conversationId: await conversationId() }]);
    await asAdmin().suspend({ ...slug(), reason: 'The bill of October is open' });
    expect(await current()).toMatchObject({
      ...{ state: 'suspended', since: expect.stringMatching(/^2\d{3}-/), deleteAfter: null },
      ...{ reason: 'The bill of October is open', ask: admin.email },
    });
    const listing = asMember().inbox.list({ tenant: tenant.slug, tab: 'all' });
    await expect(listing).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      message: expect.stringContaining('(The bill of October is open)'),
    });
    await expect(asAdmin().suspend({ ...slug(), reason: 'again' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  test('what waited to be sent stays, and says why', async () => {
    expect(await claimMessage({ tenantId: tenant.id, conversationId: await conversationId() })).toBeNull();
    const { rows } = await owner.query(
      "select status, failure ->> 'reason' as why from messages where author = 'bot'",
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toEqual({ status: 'failed', why: 'suspended' });
  });

  test('what people write meanwhile is kept, and the bot is silent', async () => {
    expect(
      await receive(
        textWebhook(tenant.phoneNumberId, { wamid: 'during', from: '16505550001', text: 'Hello?' }),
      ),
    ).toMatchObject({ status: 200 });
    expect(
      await receive(
        textWebhook(tenant.phoneNumberId, { wamid: 'new', from: '16505550002', text: 'First time' }),
      ),
    ).toMatchObject({ status: 200 });
    const { rows } = await owner.query<{ id: string }>('select id from conversations where tenant_id = $1', [
      tenant.id,
    ]);
    await takeTurns(rows.map(({ id }) => ({ tenantId: tenant.id, conversationId: id })));
    const { rows: said } = await owner.query(
      "select from messages where author = 'bot' and status = 'queued'",
    );
    expect(said).toEqual([]);
  });

  test('after that all of it is there, a person’s, with a line that says why the bot was silent', async () => {
    await asAdmin().resume(slug());
    expect(await current()).toEqual({ state: 'active' });
    const { rows } = await asMember().inbox.list({ tenant: tenant.slug, tab: 'unassigned' });
    expect(rows.map(({ preview }) => preview?.text).toSorted()).toEqual(['First time', 'Hello?']);
    for (const { id } of rows) {
      const { items } = await asMember().inbox.thread({ tenant: tenant.slug, id });
      expect(JSON.stringify(items)).toMatch(
        /while the tenant was suspended|did not arrive: the tenant was suspended/,
      );
    }
    await expect(asAdmin().resume(slug())).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('and the bot answers who writes first from then on', async () => {
    await receive(textWebhook(tenant.phoneNumberId, { wamid: 'after', from: '16505550003' }));
    const { rows } = await owner.query<{ id: string }>(
      "select id from conversations where tenant_id = $1 and holder = 'bot'",
      [tenant.id],
    );
    expect(rows).toHaveLength(1);
    await takeTurns(rows.map(({ id }) => ({ tenantId: tenant.id, conversationId: id })));
    const { rows: said } = await owner.query(
      "select from messages where author = 'bot' and status = 'queued'",
    );
    expect(said.length).toBeGreaterThan(0);
  });

  test('each act is written down, the look at the page too, once for a while', async () => {
    expect(await acts()).toEqual([
      ['tenant.looked-at', null],
      ['tenant.resumed', null],
      ['tenant.suspended', 'The bill of October is open'],
    ]);
    expect(await acts()).toHaveLength(3);
    const { rows } = await owner.query(
      "select distinct actor_id, address from audit where tenant_id = $1 and action like 'tenant.%'",
      [tenant.id],
    );
    expect(rows).toEqual([{ actor_id: admin.id, address: expect.any(String) }]);
  });
});

describe('a tenant is deleted, and restored', () => {
  test('its members see until when, and whom to ask', async () => {
    await asAdmin().delete({ ...slug(), reason: 'They asked for it' });
    const standing = await current();
    expect(standing).toMatchObject({ state: 'deleting', reason: 'They asked for it', ask: admin.email });
    const days =
      'deleteAfter' in standing && (Date.parse(standing.deleteAfter ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(30, 1);
    await expect(asAdmin().delete({ ...slug(), reason: 'again' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(asAdmin().resume(slug())).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('what people write meanwhile is kept', async () => {
    await receive(
      textWebhook(tenant.phoneNumberId, { wamid: 'meanwhile', from: '16505550004', text: 'Still there?' }),
    );
    await asAdmin().restore(slug());
    expect(await current()).toEqual({ state: 'active' });
    const { rows } = await asMember().inbox.list({ tenant: tenant.slug, tab: 'all', search: '' });
    expect(rows.map(({ preview }) => preview?.text)).toContain('Still there?');
    await expect(asAdmin().restore(slug())).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('one that was suspended before is so again, and may be resumed meanwhile', async () => {
    await asAdmin().suspend({ ...slug(), reason: 'Unpaid' });
    await asAdmin().delete({ ...slug(), reason: 'For good' });
    expect(await current()).toMatchObject({ state: 'deleting' });
    await asAdmin().restore(slug());
    expect(await current()).toMatchObject({ state: 'suspended', reason: 'Unpaid' });
    await asAdmin().delete({ ...slug(), reason: 'For good' });
    await asAdmin().resume(slug());
    expect(await current()).toMatchObject({ state: 'deleting' });
    await asAdmin().restore(slug());
    expect(await current()).toEqual({ state: 'active' });
  });
});

test.each(['tenant', 'suspend', 'resume', 'delete', 'restore'] as const)(
  '%s of a tenant that is none',
  async (act) => {
    await expect(asAdmin()[act]({ slug: `no-${newId()}`, reason: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  },
);

test('a reason is asked for', async () => {
  await expect(asAdmin().suspend({ ...slug(), reason: '  ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
