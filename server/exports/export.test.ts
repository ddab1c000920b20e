import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { runExports } from './run-exports.ts';
import { xlsxFile } from './xlsx-file.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let other: TestTenant;
const leads = 2_050;
const everybody = { search: '', join: 'all' as const, conditions: [] };

beforeAll(async () => {
  [tenant, other] = [await makeTenant(), await makeTenant()];
  for (const { id } of [tenant, other])
    await withTenant(id, async ({ db, tenantId }) => {
      await db.leadField.create({ data: { tenantId, key: 'city', name: 'City', kind: 'text' } });
      const ids = Array.from({ length: leads }, newId);
      const names = ids.map((_, index) => (index === 0 ? '=1+1' : `Ana ${index} of ${tenantId}`));
      await db.$executeRaw`
        insert into leads (tenant_id, id, name, consent, fields)
        select ${tenantId}::uuid, id, name, 'out', '{"city": "São \\"Paulo\\""}'
        from unnest(${ids}::uuid[], ${names}::text[]) as l (id, name)`;
      await db.$executeRaw`
        insert into addresses (tenant_id, id, lead_id, kind, scope, value, raw)
        select ${tenantId}::uuid, id, id, 'phone', '', '49151' || n, '49151' || n
        from unnest(${ids}::uuid[]) with ordinality as a (id, n)`;
    });
});

const ask = () => memberCaller(tenant, tenant.owner).exports;
async function exported(part: object) {
  const { id } = await ask().order({
    ...{
      tenant: tenant.slug,
      format: 'csv',
      who: { filter: everybody },
      columns: ['name', 'phone', 'consent', 'field:city'],
    },
    ...part,
  });
  expect(await runExports([{ tenantId: tenant.id, exportId: id }])).toEqual(['done']);
  const [row] = await ask().list({ tenant: tenant.slug });
  return { id, row };
}
async function download(id: string) {
  const { pieces, ...file } = await ask().open({ tenant: tenant.slug, id });
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return { ...file, bytes: Buffer.concat(parts) };
}

test('everybody as CSV, in pages, of this tenant alone, with no formula in it', async () => {
  const { id, row } = await exported({});
  expect(row).toMatchObject({ state: 'finished', meant: leads, done: leads });
  const { bytes, name } = await download(id);
  expect(name).toMatch(/^leads-\d{4}-\d\d-\d\d\.csv$/);
  const lines = bytes.toString('utf8').split('\r\n');
  expect(lines).toHaveLength(leads + 2);
  expect(lines[0]).toBe('\uFEFFName,Phone,Consent,City');
  expect(lines[1]).toBe(`"'=1+1","'+491511",no,"São ""Paulo"""`);
  expect(bytes.toString('utf8')).not.toContain(other.id);
});

test('chosen ones as a workbook, whose texts are texts', async () => {
  const { rows } = await owner.query("select id from leads where tenant_id = $1 and name = '=1+1'", [
    tenant.id,
  ]);
  const { rows: foreign } = await owner.query('select id from leads where tenant_id = $1 limit 1', [
    other.id,
  ]);
  const { id } = await exported({ format: 'xlsx', who: { ids: [rows[0].id, foreign[0].id] } });
  const files = unzipSync((await download(id)).bytes);
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(sheet.match(/<row>/g)).toHaveLength(2);
  expect(sheet).toContain('<c t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
  expect(sheet).not.toContain('<f');
});

test('a run that broke off begins anew and leaves one file', async () => {
  const { id } = await ask().order({
    ...{ tenant: tenant.slug, format: 'csv', who: { filter: everybody }, columns: ['name'] },
  });
  await owner.query("update exports set state = 'running', done = 1000 where id = $1", [id]);
  await runExports([{ tenantId: tenant.id, exportId: id }]);
  await runExports([{ tenantId: tenant.id, exportId: id }]);
  const { bytes } = await download(id);
  expect(bytes.toString('utf8').split('\r\n')).toHaveLength(leads + 2);
});

test('one that gives way waits between its pages, holding nothing, and goes on where it was', async () => {
  const { id } = await ask().order({
    ...{ tenant: tenant.slug, format: 'csv', who: { filter: everybody }, columns: ['name'] },
  });
  const row = async () => (await ask().list({ tenant: tenant.slug })).find((one) => one.id === id);
  // Free for one page, then not until it is told.
  let isBusy = true;
  const givesWay = vi.fn(() => isBusy).mockReturnValueOnce(false);
  const run = runExports([{ tenantId: tenant.id, exportId: id }], givesWay);
  await vi.waitUntil(() => givesWay.mock.calls.length > 2, { timeout: 10_000 });
  expect(await row()).toMatchObject({ state: 'running', done: 1_000 });
  isBusy = false;
  expect(await run).toEqual(['done']);
  expect(await row()).toMatchObject({ state: 'finished', done: leads });
});

describe('a file', () => {
  test('is opened by nobody else, by no agent, and not when its time is over; each opening is written down', async () => {
    const { id } = await exported({});
    await download(id);
    const { rows } = await owner.query(
      "select action from audit where tenant_id = $1 and action like 'lead.%' order by at desc limit 2",
      [tenant.id],
    );
    expect(rows.map(({ action }) => action)).toEqual(['lead.downloaded', 'lead.exported']);
    await expect(memberCaller(tenant).exports.open({ tenant: tenant.slug, id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(
      memberCaller(other, other.owner).exports.open({ tenant: other.slug, id }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await owner.query("update files set expires_at = now() - interval '1 s' where tenant_id = $1", [
      tenant.id,
    ]);
    await expect(download(id)).rejects.toThrow('not kept any more');
  });
});

test('whatever a text is, the sheet is XML that holds it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (text) => {
      async function* page() {
        yield [[text, 1, null]];
      }
      const parts: Uint8Array[] = [];
      for await (const part of xlsxFile(['A', 'B', 'C'], page())) parts.push(part);
      const sheet = strFromU8(
        unzipSync(Buffer.concat(parts))['xl/worksheets/sheet1.xml'] ?? new Uint8Array(),
      );
      expect(sheet.match(/<row>/g)).toHaveLength(2);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be there
      expect(sheet).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    }),
    { numRuns: 50 },
  );
});
