import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';
import type { BulkView } from './bulk-change.ts';
import { eraseLeads } from './erase-leads.ts';
import { runBulkChanges } from './run-bulk-changes.ts';
import { runSlice } from './run-slice.ts';

const { owner } = testDatabase();
let acme: TestTenant;
let other: TestTenant;
let labelId: string;

const caller = () => memberCaller(acme, acme.owner).people;
const tenant = () => ({ tenant: acme.slug });

/** So many leads at once, in order of their ids. */
async function addMany(count: number, tenantId = acme.id): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await owner.query(
    `insert into leads (tenant_id, id, name, source) select $1, id, 'Lead ' || place, 'import'
     from unnest($2::uuid[]) with ordinality as l (id, place)`,
    [tenantId, ids],
  );
  return ids;
}

const leadsOf = async (ids: string[]) =>
  (
    await owner.query(
      `select id, label_ids as "labelIds", assignee_id as "assigneeId", deleted_at is not null as deleted
       from leads where id = any($1) order by id`,
      [ids],
    )
  ).rows;
const eventsOf = async (id: string) =>
  (await owner.query('select kind, detail from lead_events where lead_id = $1 order by at, id', [id])).rows;
const auditOf = async (action: string) =>
  (await owner.query('select subject from audit where tenant_id = $1 and action = $2', [acme.id, action]))
    .rows;

/** Lets the job go on until nothing is left to do. */
async function finish({ id }: BulkView): Promise<BulkView> {
  await runBulkChanges([{ tenantId: acme.id, changeId: id }]);
  return caller().changeState({ ...tenant(), id });
}

beforeAll(async () => {
  other = await makeTenant({ bot: false });
});
beforeEach(async () => {
  acme = await makeTenant({ bot: false });
  labelId = (await caller().makeLabel({ ...tenant(), name: 'Customer' })).id;
});

describe('a label for many', () => {
  test('is given once, told on each timeline, and taken back', async () => {
    const ids = await addMany(3);
    await caller().change({ ...tenant(), who: { ids: ids.slice(0, 1) }, deed: { kind: 'label', labelId } });
    const change = await caller().change({ ...tenant(), who: { ids }, deed: { kind: 'label', labelId } });
    expect(change).toMatchObject({ state: 'finished', meant: 3, done: 3, changed: 2, name: 'Customer' });
    expect((await leadsOf(ids)).map((lead) => lead.labelIds)).toEqual([[labelId], [labelId], [labelId]]);
    expect(await eventsOf(ids[0] ?? '')).toEqual([{ kind: 'labelled', detail: { name: 'Customer' } }]);
    const undone = await caller().undoChange({ ...tenant(), id: change.id });
    expect(undone).toMatchObject({ state: 'undone', changed: 2, restored: 2 });
    expect((await leadsOf(ids)).map((lead) => lead.labelIds)).toEqual([[labelId], [], []]);
    await expect(caller().undoChange({ ...tenant(), id: change.id })).rejects.toThrow('undone already');
    expect(await auditOf('lead.labelled')).toEqual([{ subject: '1 lead' }, { subject: '3 leads' }]);
  });

  test('leaves alone in its undo whom somebody touched since', async () => {
    const ids = await addMany(2);
    const change = await caller().change({ ...tenant(), who: { ids }, deed: { kind: 'label', labelId } });
    await caller().edit({ ...tenant(), id: ids[0] ?? '', name: 'Touched' });
    expect(await caller().undoChange({ ...tenant(), id: change.id })).toMatchObject({
      changed: 2,
      restored: 1,
    });
    expect((await leadsOf(ids)).map((lead) => lead.labelIds)).toEqual([[labelId], []]);
  });

  test('goes through all that match, in slices, also after a crash, and takes nobody who came later', async () => {
    const ids = await addMany(2_600);
    const filter = {
      search: '',
      join: 'all' as const,
      conditions: [{ field: 'label' as const, is: ['' as const] }],
    };
    const change = await caller().change({ ...tenant(), who: { filter }, deed: { kind: 'label', labelId } });
    expect(change).toMatchObject({ state: 'running', meant: 2_600, done: 500, changed: 500 });
    const [late] = await addMany(1);
    // A worker dies in the middle: what its transaction had done is not there, and the next goes on.
    const died = withTenant(acme.id, async (tx) => {
      await runSlice(tx, change.id, 1_000);
      throw new Error('killed');
    });
    await expect(died).rejects.toThrow('killed');
    // Nothing is done of one that gives way, and a job goes on with it later.
    await runBulkChanges([{ tenantId: acme.id, changeId: change.id }], () => true);
    expect(await caller().changeState({ ...tenant(), id: change.id })).toMatchObject({ done: 500 });
    const { rows: jobs } = await owner.query(
      "select from pgboss.job where name = 'bulk-change' and data ->> 'changeId' = $1 and state = 'created'",
      [change.id],
    );
    expect(jobs).toHaveLength(1);
    expect(await finish(change)).toMatchObject({ state: 'finished', done: 2_600, changed: 2_600 });
    const leads = await leadsOf([...ids, late ?? '']);
    expect(leads.filter((lead) => lead.labelIds.length === 1)).toHaveLength(2_600);
    expect((await leadsOf([late ?? '']))[0].labelIds).toEqual([]);
    const { rows } = await owner.query(
      'select count(*)::int as n from bulk_change_rows where change_id = $1',
      [change.id],
    );
    expect(rows[0].n).toBe(2_600);
    const undoing = await caller().undoChange({ ...tenant(), id: change.id });
    expect(undoing).toMatchObject({ state: 'undoing', done: 500 });
    expect(await finish(undoing)).toMatchObject({ state: 'undone', restored: 2_600 });
    expect((await leadsOf(ids)).every((lead) => lead.labelIds.length === 0)).toBe(true);
  });

  test('reaches nobody of another tenant', async () => {
    const theirs = await addMany(1, other.id);
    const change = caller().change({ ...tenant(), who: { ids: theirs }, deed: { kind: 'label', labelId } });
    await expect(change).rejects.toThrow('None of these leads is there any more.');
    const [mine] = await addMany(1);
    await caller().change({
      ...tenant(),
      who: { ids: [mine ?? '', ...theirs] },
      deed: { kind: 'label', labelId },
    });
    expect((await leadsOf(theirs))[0].labelIds).toEqual([]);
  });
});

async function writer(wamid: string, from = '16505550111') {
  await receive(textWebhook(acme.phoneNumberId, { wamid, from, name: 'Ana' }));
  const { rows } = await owner.query<{
    id: string;
    leadId: string;
    holder: string;
    assigneeId: string | null;
  }>(
    `select id, lead_id as "leadId", holder, assignee_id as "assigneeId" from conversations where tenant_id = $1`,
    [acme.id],
  );
  return rows[0] ?? expect.fail();
}

describe('an assignment', () => {
  test('hands the open conversation over, says so in it, and is taken back', async () => {
    const { leadId, id } = await writer(`wamid.assign.${acme.slug}`);
    const change = await caller().change({
      ...tenant(),
      ...{ who: { ids: [leadId] }, deed: { kind: 'assign', userId: acme.agent.id } },
    });
    expect(await writer(`wamid.more.${acme.slug}`)).toMatchObject({
      holder: 'member',
      assigneeId: acme.agent.id,
    });
    const thread = await memberCaller(acme, acme.owner).inbox.thread({ ...tenant(), id });
    expect(thread.items.flatMap((item) => (item.type === 'event' ? [item.text] : []))).toContain(
      'You gave the conversation to Mara',
    );
    await caller().undoChange({ ...tenant(), id: change.id });
    expect(await writer(`wamid.end.${acme.slug}`)).toMatchObject({ holder: 'nobody', assigneeId: null });
    expect((await leadsOf([leadId]))[0].assigneeId).toBeNull();
  });

  test('ends with the membership', async () => {
    const ids = await addMany(2);
    await caller().change({ ...tenant(), who: { ids }, deed: { kind: 'assign', userId: acme.agent.id } });
    await memberCaller(acme, acme.owner).members.remove({ ...tenant(), userId: acme.agent.id });
    expect((await leadsOf(ids)).map((lead) => lead.assigneeId)).toEqual([null, null]);
  });

  test('to somebody who is no member is refused', async () => {
    const ids = await addMany(1);
    const deed = { kind: 'assign' as const, userId: other.agent.id };
    await expect(caller().change({ ...tenant(), who: { ids }, deed })).rejects.toThrow('Not found.');
  });
});

describe('who is deleted', () => {
  test('is out of every list, with their conversation, and back when they write', async () => {
    const { leadId } = await writer(`wamid.delete.${acme.slug}`);
    const inbox = memberCaller(acme, acme.owner).inbox;
    const shown = async () => [
      (await caller().list({ ...tenant(), filter: {} })).rows.length,
      (await caller().count({ ...tenant(), filter: {} })).count,
      (await inbox.list({ ...tenant(), tab: 'all' })).rows.length,
      (await inbox.list({ ...tenant(), tab: 'all', search: 'ana' })).rows.length,
      (await inbox.counts(tenant())).all,
    ];
    expect(await shown()).toEqual([1, 1, 1, 1, 1]);
    await caller().delete({ ...tenant(), who: { ids: [leadId] } });
    expect(await shown()).toEqual([0, 0, 0, 0, 0]);
    await writer(`wamid.back.${acme.slug}`);
    expect(await shown()).toEqual([1, 1, 1, 1, 1]);
    expect((await eventsOf(leadId)).map(({ kind }) => kind)).toEqual(['deleted', 'restored']);
  });

  test('is restored by undo, by hand, and by being added again', async () => {
    const { id } = await caller().add({ ...tenant(), phone: '+34 612 48 90 17', name: 'Lucía' });
    const change = await caller().delete({ ...tenant(), who: { ids: [id] } });
    await caller().undoChange({ ...tenant(), id: change.id });
    expect((await leadsOf([id]))[0].deleted).toBe(false);
    await caller().delete({ ...tenant(), who: { ids: [id] } });
    await caller().restore({ ...tenant(), id });
    await caller().delete({ ...tenant(), who: { ids: [id] } });
    expect(await caller().add({ ...tenant(), phone: '612489017', country: 'ES' })).toEqual({
      id,
      known: true,
    });
    expect((await leadsOf([id]))[0].deleted).toBe(false);
  });

  test('is gone for good after thirty days, with all that was said, and nobody else is', async () => {
    const { leadId, id } = await writer(`wamid.erase.${acme.slug}`);
    const [stays] = await addMany(1);
    await caller().addNote({ ...tenant(), leadId, body: 'A note' });
    await caller().delete({ ...tenant(), who: { ids: [leadId] } });
    await eraseLeads();
    expect(await leadsOf([leadId])).toHaveLength(1);
    await owner.query(`update leads set deleted_at = now() - interval '31 days' where id = $1`, [leadId]);
    await eraseLeads();
    for (const [table, column, value] of [
      ['leads', 'id', leadId],
      ['addresses', 'lead_id', leadId],
      ['conversations', 'lead_id', leadId],
      ['messages', 'conversation_id', id],
      ['lead_notes', 'lead_id', leadId],
      ['lead_events', 'lead_id', leadId],
      ['bulk_change_rows', 'lead_id', leadId],
    ])
      expect((await owner.query(`select from ${table} where ${column} = $1`, [value])).rowCount, table).toBe(
        0,
      );
    expect(await leadsOf([stays ?? ''])).toHaveLength(1);
  });

  test('only by owners and admins', async () => {
    const ids = await addMany(1);
    await expect(memberCaller(acme, acme.agent).people.delete({ ...tenant(), who: { ids } })).rejects.toThrow(
      'Only an owner or an admin',
    );
  });
});

describe('a label', () => {
  test('is renamed, but not to what another is called', async () => {
    const [id] = await addMany(1);
    await caller().change({ ...tenant(), who: { ids: [String(id)] }, deed: { kind: 'label', labelId } });
    await caller().makeLabel({ ...tenant(), name: 'Visited' });
    await expect(caller().renameLabel({ ...tenant(), id: labelId, name: 'VISITED' })).rejects.toThrow(
      'There is a label “Visited” already.',
    );
    await caller().renameLabel({ ...tenant(), id: labelId, name: 'Buyer' });
    const { labels } = await caller().choices(tenant());
    expect(labels.map(({ name }) => name)).toEqual(['Buyer', 'Visited']);
    expect((await leadsOf([String(id)]))[0].labelIds).toEqual([labelId]);
  });

  test('that is deleted is taken from everybody, and is back with an undo from the list of changes', async () => {
    const ids = await addMany(1_200);
    const given = await caller().change({ ...tenant(), who: { ids }, deed: { kind: 'label', labelId } });
    await finish(given);
    const change = await caller().deleteLabel({ ...tenant(), id: labelId });
    if (!change) throw new Error('many had it');
    expect(await finish(change)).toMatchObject({ state: 'finished', meant: 1_200, changed: 1_200 });
    expect((await caller().choices(tenant())).labels).toEqual([]);
    expect((await leadsOf(ids)).every(({ labelIds }) => labelIds.length === 0)).toBe(true);
    const [newest, earlier] = await caller().changes(tenant());
    expect(newest).toMatchObject({ id: change.id, kind: 'unlabel', name: 'Customer', by: 'Ines' });
    expect(earlier).toMatchObject({ id: given.id, kind: 'label', changed: 1_200 });
    expect(await finish(await caller().undoChange({ ...tenant(), id: change.id }))).toMatchObject({
      state: 'undone',
      restored: 1_200,
    });
    expect((await caller().choices(tenant())).labels).toEqual([{ id: labelId, name: 'Customer' }]);
    expect((await leadsOf(ids)).every(({ labelIds }) => labelIds[0] === labelId)).toBe(true);
    expect(await auditOf('lead.label-deleted')).toEqual([{ subject: 'Customer' }]);
  });

  test('that nobody has is deleted without a change; an undo waits while another has its name', async () => {
    const [id] = await addMany(1);
    const other = (await caller().makeLabel({ ...tenant(), name: 'Unused' })).id;
    expect(await caller().deleteLabel({ ...tenant(), id: other })).toBeNull();
    await caller().change({ ...tenant(), who: { ids: [String(id)] }, deed: { kind: 'label', labelId } });
    const change = await caller().deleteLabel({ ...tenant(), id: labelId });
    await caller().makeLabel({ ...tenant(), name: 'customer' });
    await expect(caller().undoChange({ ...tenant(), id: String(change?.id) })).rejects.toThrow(
      'another label “Customer”',
    );
  });
});
