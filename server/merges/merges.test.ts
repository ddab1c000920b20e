import { beforeEach, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let ana: string;
let anna: string;

beforeEach(async () => {
  tenant = await makeTenant({ bot: false });
  ana = await writes('4915112345678');
  anna = await writes('34612345678');
});

async function writes(from: string, text = 'Hello') {
  await receive(textWebhook(tenant.phoneNumberId, { from, wamid: newId(), text, name: 'Ana' }));
  const { rows } = await owner.query(
    'select a.lead_id from addresses a where a.tenant_id = $1 and a.raw = $2',
    [tenant.id, from],
  );
  return rows[0].lead_id as string;
}
const ask = () => memberCaller(tenant).merges;
const slug = () => ({ tenant: tenant.slug });
const rows = async (sql: string) => (await owner.query(sql, [tenant.id])).rows;
const state = async () => ({
  leads: await rows(
    'select id, name, email, fields, label_ids, consent, merged_into from leads where tenant_id = $1 order by id',
  ),
  addresses: await rows('select id, lead_id from addresses where tenant_id = $1 order by id'),
  conversations: await rows('select id, lead_id from conversations where tenant_id = $1 order by id'),
  consents: await rows('select id, lead_id from consents where tenant_id = $1 order by id'),
});

test('merged, their addresses, words and blanks are one lead’s; undone, all is as it was', async () => {
  await owner.query("update leads set email = 'ana@example.com' where id = $1", [anna]);
  await writes('34612345678', 'stop');
  const before = await state();
  const { id } = await ask().merge({ ...slug(), survivorId: ana, mergedId: anna });
  const [survivor] = (await state()).leads.filter((lead) => lead.id === ana);
  expect(survivor).toMatchObject({ email: 'ana@example.com', consent: 'out' });
  expect((await state()).addresses.every(({ lead_id }) => lead_id === ana)).toBe(true);
  // Each had a conversation on this number: the other's stays beside.
  expect((await state()).conversations).toEqual(before.conversations);
  expect(await writes('34612345678', 'Me again')).toBe(ana);
  expect(await ask().list({ ...slug(), leadId: ana })).toMatchObject([{ id, name: 'Ana' }]);
  expect((await memberCaller(tenant).people.list({ ...slug() })).rows.map((row) => row.id)).toEqual([ana]);
  expect(await ask().undo({ ...slug(), id })).toEqual({ kept: [] });
  expect(await state()).toEqual(before);
  await expect(ask().undo({ ...slug(), id })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('what was changed since stays, and a STOP that came since is both’s', async () => {
  const { id } = await ask().merge({ ...slug(), survivorId: ana, mergedId: anna });
  await owner.query("update leads set name = 'Ana Maria' where id = $1", [ana]);
  await writes('34612345678', 'stop');
  expect(await ask().undo({ ...slug(), id })).toEqual({ kept: ['the name', 'the consent'] });
  expect((await state()).leads).toMatchObject([
    { name: 'Ana Maria', consent: 'out', merged_into: null },
    { consent: 'out', merged_into: null },
  ]);
});

test('a conversation on a number where the survivor has none becomes theirs', async () => {
  const lead = newId();
  await withTenant(tenant.id, ({ db, tenantId }) =>
    db.lead.create({ data: { tenantId, id: lead, name: 'Imported', source: 'import' } }),
  );
  await ask().merge({ ...slug(), survivorId: lead, mergedId: ana });
  expect((await state()).conversations.map(({ lead_id }) => lead_id)).toContain(lead);
});

test('suggestions say why, never by a name alone, and not again once refused', async () => {
  expect(await ask().suggest({ ...slug(), leadId: ana })).toEqual([]);
  await owner.query("update leads set email = 'ANA@example.com' where id = $1", [anna]);
  await owner.query("update leads set email = 'ana@example.com' where id = $1", [ana]);
  const twin = await writes('49015112345678');
  const found = await ask().suggest({ ...slug(), leadId: ana });
  expect(found.map(({ id, evidence }) => [id, evidence])).toEqual([
    [anna, ['The same email address']],
    [twin, ['The same phone number, written otherwise: 49015112345678']],
  ]);
  await ask().refuse({ ...slug(), leadId: anna, otherId: ana });
  expect((await ask().suggest({ ...slug(), leadId: ana })).map(({ id }) => id)).toEqual([twin]);
});

test('nobody is merged twice, with themselves, or across tenants', async () => {
  await ask().merge({ ...slug(), survivorId: ana, mergedId: anna });
  for (const [survivorId, mergedId, code] of [
    [ana, anna, 'CONFLICT'],
    [ana, ana, 'BAD_REQUEST'],
    [ana, newId(), 'NOT_FOUND'],
  ] as const)
    await expect(ask().merge({ ...slug(), survivorId, mergedId })).rejects.toMatchObject({ code });
});
