import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { asPlatform } from '#server/db/as-platform.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { resolveLeads } from '#server/leads/resolve-leads.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { gentleBatch } from './apply-batch.ts';
import type { Options } from './columns.ts';
import { workImports } from './work-import.ts';
import { forgetRun } from './work-slice.ts';

const { owner, url } = testDatabase();
let tenant: TestTenant;
beforeEach(async () => {
  tenant = await makeTenant();
});

const imports = (of = tenant) => memberCaller(of, of.owner).imports;
const get = (id: string, of = tenant) => imports(of).get({ tenant: of.slug, id });
const atWork = ['reading', 'checking', 'running', 'undoing'];

/** Works as the queue would, until nothing is left to do. */
async function work(id: string, of = tenant) {
  while (atWork.includes((await get(id, of)).state)) await workImports([{ tenantId: of.id, importId: id }]);
  return get(id, of);
}

async function check(text: string, choices: Partial<Options> = {}, of = tenant) {
  const { id } = await imports(of).paste({ tenant: of.slug, text });
  const found = await work(id, of);
  if (Object.keys(choices).length === 0) return found;
  await imports(of).choose({ tenant: of.slug, id, options: { ...found.options, ...choices } });
  return work(id, of);
}

async function bringIn(text: string, onKnown: Options['onKnown'] = 'fill') {
  const { id } = await check(text);
  await run(id, onKnown);
  return work(id);
}

const run = (id: string, onKnown: Options['onKnown'] = 'fill', of = tenant) =>
  imports(of).run({ tenant: of.slug, id, onKnown, pace: 'full', label: null });

const leads = async (of = tenant) =>
  (
    await owner.query(
      `select l.name, l.email, l.fields, a.value as phone, l.consent, l.source, l.deleted_at is not null as deleted
       from leads l join addresses a on a.tenant_id = l.tenant_id and a.lead_id = l.id where l.tenant_id = $1 order by a.value`,
      [of.id],
    )
  ).rows;

test('a file is checked by itself, writes nothing before it runs, and is counted row by row', async () => {
  const text =
    'name,phone\r\nAna,+49 171 2345678\r\nBo,+1 650 555 1234\r\n"Lind, Cy",+44 7911 123456\r\nDi,+34 612 345 678\r\nAna,+491712345678\r\nEd,abc\r\nFay,\r\nGus,+49 1\r\n';
  const checked = await check(text);
  expect(checked).toMatchObject({ state: 'checked', created: 4, doubled: 1, refused: 3, lines: 9 });
  expect(await leads()).toEqual([]);
  await run(checked.id);
  expect(await work(checked.id)).toMatchObject({ state: 'finished', created: 4, doubled: 1, refused: 3 });
  expect((await leads()).map(({ name, source }) => [name, source])).toEqual([
    ['Bo', 'import'],
    ['Di', 'import'],
    ['Lind, Cy', 'import'],
    ['Ana', 'import'],
  ]);
  const refused = await imports().problems({ tenant: tenant.slug, id: checked.id, kind: 'refused' });
  expect(refused.map(({ line, column, reason }) => [line, column, reason])).toEqual([
    [7, 'phone', 'Not a phone number'],
    [8, 'phone', 'No phone number'],
    [9, 'phone', 'Number is too short'],
  ]);
  let file = '';
  for await (const piece of await imports().refused({ tenant: tenant.slug, id: checked.id })) file += piece;
  expect(file).toContain('Gus,"\'+49 1",9,phone: Number is too short');
});

test('a job that comes while another works on the same import goes on after it', async () => {
  const { id } = await imports().paste({ tenant: tenant.slug, text: 'phone\n+491712345678\n' });
  const job = { tenantId: tenant.id, importId: id };
  await Promise.all([workImports([job]), workImports([job])]);
  expect((await get(id)).state).toBe('checked');
});

test('who was imported and writes in is one lead, who keeps the imported name', async () => {
  await bringIn('name,phone\nAna,+55 11 98765-4321\n');
  await asPlatform((tx) =>
    resolveLeads(tx, [
      {
        ...{ tenantId: tenant.id, portfolioId: 'p', phone: '551187654321', bsuid: null },
        ...{ name: 'Aninha', username: null },
      },
    ]),
  );
  expect(await leads()).toMatchObject([{ name: 'Ana', phone: '5511987654321' }]);
});

// A small batch holds its numbers, a large one the tenant.
test.each([200, 600])('somebody who writes in while a batch of %i is written is one lead', async (count) => {
  const { id } = await check(
    `phone\n${Array.from({ length: count }, (_, n) => `+1650555${1000 + n}`).join('\n')}\n`,
  );
  await run(id);
  const writers = Array.from({ length: 20 }, (_, n) => ({
    ...{ tenantId: tenant.id, portfolioId: 'p', phone: `1650555${1000 + n * 10}`, bsuid: null },
    ...{ name: 'W', username: null },
  }));
  await Promise.all([work(id), ...writers.map((writer) => asPlatform((tx) => resolveLeads(tx, [writer])))]);
  expect(await leads()).toHaveLength(count);
});

describe('a known lead', () => {
  beforeEach(async () => {
    await bringIn('name,phone,email,City\nAna,+491712345678,,Celle\n');
  });
  const again = 'name,phone,email,City\nAnna,+491712345678,a@b.example,Hannover\n';
  test.each([
    ['fill', { name: 'Ana', email: 'a@b.example', fields: { city: 'Celle' } }, 'updated'],
    ['overwrite', { name: 'Anna', email: 'a@b.example', fields: { city: 'Hannover' } }, 'updated'],
    ['leave', { name: 'Ana', email: null, fields: { city: 'Celle' } }, 'unchanged'],
  ] as const)('%s', async (onKnown, after, counted) => {
    const checked = await check(again);
    expect(checked.format.known).toEqual({ fill: 1, overwrite: 1, all: 1 });
    await run(checked.id, onKnown);
    expect(await work(checked.id)).toMatchObject({ created: 0, [counted]: 1 });
    expect(await leads()).toMatchObject([after]);
  });

  test('undone, is as before; twice imported, is unchanged', async () => {
    const before = await leads();
    const { id } = await bringIn(again, 'overwrite');
    expect(await bringIn(again, 'overwrite')).toMatchObject({ unchanged: 1, updated: 0 });
    await imports().undo({ tenant: tenant.slug, id });
    expect((await work(id)).undone).toEqual({ removed: 0, restored: 1, left: 0 });
    expect(await leads()).toEqual(before);
  });

  test('whose deletion an import meets is back, and gone again when that is undone', async () => {
    await owner.query('update leads set deleted_at = now() where tenant_id = $1', [tenant.id]);
    const { id } = await bringIn('phone\n+491712345678\n', 'leave');
    expect(await leads()).toMatchObject([{ deleted: false }]);
    await imports().undo({ tenant: tenant.slug, id });
    await work(id);
    expect(await leads()).toMatchObject([{ deleted: true }]);
  });
});

test('an undo leaves whom somebody has touched since, and says how many', async () => {
  const { id } = await bringIn('name,phone\nAna,+491712345678\nBo,+16505551234\n');
  await owner.query(`update leads set name = 'Bob' where tenant_id = $1 and name = 'Bo'`, [tenant.id]);
  await imports().undo({ tenant: tenant.slug, id });
  expect(await work(id)).toMatchObject({ state: 'undone', undone: { removed: 1, restored: 0, left: 1 } });
  expect(await leads()).toMatchObject([{ name: 'Bob' }]);
});

test('a yes does not lift what a person said, and a no counts', async () => {
  await bringIn('phone,consent\n+491712345678,no\n+16505551234,yes\n');
  await bringIn('phone,consent\n+491712345678,yes\n+16505551234,no\n', 'overwrite');
  expect((await leads()).map(({ consent }) => consent)).toEqual(['out', 'out']);
});

test('one import at a time runs in a tenant', async () => {
  const [one, two] = [await check('phone\n+491712345678\n'), await check('phone\n+16505551234\n')];
  await run(one.id);
  await expect(run(two.id)).rejects.toThrow('Another import is at work');
  await work(one.id);
  await run(two.id);
  expect(await work(two.id)).toMatchObject({ state: 'finished', created: 1 });
});

test('an agent hears whom to ask', async () => {
  await expect(memberCaller(tenant).imports.list({ tenant: tenant.slug })).rejects.toThrow('Ask one of them');
});

const large = (rows: number) =>
  `name,phone,City\n${Array.from({ length: rows }, (_, n) =>
    n % 50 === 49
      ? `Twice ${n},+49171${String(1_000_000 + n - 7)},Celle`
      : `Lead ${n},+49171${String(1_000_000 + n)},Celle`,
  ).join('\n')}\n`;

test('a worker that is killed in the middle leaves a state that ends as if nothing had been', async () => {
  const rows = 6_000;
  const { id } = await check(large(rows));
  await imports().run({ tenant: tenant.slug, id, onKnown: 'fill', pace: 'full', label: null });
  const child: ChildProcess = spawn(process.execPath, ['server/testing/import-worker.ts', tenant.id, id], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'inherit',
  });
  const exited = once(child, 'exit');
  for (let lines = 0; lines < 1_000; ) {
    await sleep(20);
    if (child.exitCode !== null) throw new Error('the worker ended before it was killed');
    ({ lines } = await get(id));
  }
  child.kill('SIGKILL');
  await exited;
  const inTheMiddle = await get(id);
  expect(inTheMiddle.state).toBe('running');
  expect(inTheMiddle.lines).toBeLessThan(rows);
  const undisturbed = { created: rows - rows / 50, doubled: rows / 50, refused: 0, state: 'finished' };
  expect(await work(id)).toMatchObject(undisturbed);
  expect(await leads()).toHaveLength(undisturbed.created);
  const images = await owner.query(
    'select count(distinct lead_id)::int as count from import_rows where import_id = $1',
    [id],
  );
  expect(images.rows).toEqual([{ count: undisturbed.created }]);
});

test('an import stops between batches when it gives way or is cancelled, and what is in can be undone', async () => {
  const { id } = await check(large(12_000));
  await imports().run({ tenant: tenant.slug, id, onKnown: 'fill', pace: 'gentle', label: 'Fair' });
  const free = [true];
  await workImports([{ tenantId: tenant.id, importId: id }], () => free.pop() === undefined);
  expect(await get(id)).toMatchObject({ state: 'running', created: gentleBatch - gentleBatch / 50 });
  await imports().cancel({ tenant: tenant.slug, id });
  await workImports([{ tenantId: tenant.id, importId: id }]);
  const cancelled = await get(id);
  expect(await leads()).toHaveLength(cancelled.created);
  await imports().undo({ tenant: tenant.slug, id });
  await work(id);
  expect(await leads()).toEqual([]);
});

test('another tenant’s small import ends while a large one is under way', async () => {
  const other = await makeTenant();
  const big = await check(large(12_000));
  await imports().run({ tenant: tenant.slug, id: big.id, onKnown: 'fill', pace: 'gentle', label: null });
  const small = await check('phone\n+16505551234\n', {}, other);
  await run(small.id, 'fill', other);
  // As the queue does: who was put back stands behind all others.
  const queue = [
    { tenantId: tenant.id, importId: big.id },
    { tenantId: other.id, importId: small.id },
  ];
  for (const job of queue) await workImports([job]);
  expect(await get(small.id, other)).toMatchObject({ state: 'finished' });
  expect(await get(big.id)).toMatchObject({ state: 'running' });
  forgetRun(big.id);
});

test('what another process has done meanwhile is not done again', async () => {
  const { id } = await check(large(3_000));
  await run(id);
  await withTenant(
    tenant.id,
    ({ db }) => db.$executeRaw`update imports set lines = 1001 where id = ${id}::uuid`,
  );
  expect(await work(id)).toMatchObject({ state: 'finished', created: 1_960 });
});
