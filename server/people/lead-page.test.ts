import { beforeEach, expect, test } from 'vitest';
import { withTenant } from '#server/db/with-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';
import { readFieldValue } from './field-value.ts';

const { owner } = testDatabase();
let acme: TestTenant;
const caller = (user = acme.owner) => memberCaller(acme, user).people;
const tenant = () => ({ tenant: acme.slug });

beforeEach(async () => {
  acme = await makeTenant({ bot: false });
  await withTenant(acme.id, ({ db, tenantId }) =>
    db.leadField.createMany({
      data: [
        { tenantId, key: 'city', name: 'City', kind: 'text' },
        { tenantId, key: 'roofs', name: 'Roofs', kind: 'number' },
      ],
    }),
  );
});

test.each([
  ['+34 612 48 90 17', '', '34612489017'],
  ['612 48 90 17', 'ES', '34612489017'],
  ['+52 1 55 1234 5678', '', '525512345678'],
  ['11 98765-4321', 'BR', '5511987654321'],
])('%s in “%s” is added as %s, and found again when they write', async (phone, country, value) => {
  const added = await caller().add({ ...tenant(), phone, country, name: ' Lucía ' });
  expect(added.known).toBe(false);
  expect((await caller().get({ ...tenant(), id: added.id })).addresses).toMatchObject([
    { kind: 'phone', value },
  ]);
  await receive(
    textWebhook(acme.phoneNumberId, {
      wamid: `wamid.${value}.${acme.slug}`,
      from: value,
      name: 'On WhatsApp',
    }),
  );
  expect(await caller().get({ ...tenant(), id: added.id })).toMatchObject({
    ...{ name: 'Lucía', profileName: 'On WhatsApp', source: 'hand' },
    conversations: [{ channel: 'Main line', open: true }],
  });
  expect(await caller().add({ ...tenant(), phone, country })).toEqual({ id: added.id, known: true });
});

test.each(['', '12', 'abc', '+', '+999999999999999999', '612489017'])(
  '“%s” is no phone number',
  async (phone) => {
    await expect(caller().add({ ...tenant(), phone })).rejects.toThrow('Write it like +34 612 48 90 17.');
  },
);

test('what is edited is kept by its kind, and told', async () => {
  const { id } = await caller().add({ ...tenant(), phone: '+34 612 48 90 17' });
  await caller().edit({
    ...tenant(),
    id,
    name: ' Lucía ',
    email: 'l@x.example',
    fields: { roofs: '12', city: 'Köln' },
  });
  await caller().edit({ ...tenant(), id, fields: { city: '' } });
  expect(await caller().get({ ...tenant(), id })).toMatchObject({
    name: 'Lucía',
    email: 'l@x.example',
    fields: { roofs: 12 },
  });
  const { items } = await caller().timeline({ ...tenant(), id });
  expect(items.map(({ kind, detail }) => [kind, detail['fields']])).toEqual([
    ['edited', ['City']],
    ['edited', ['Name', 'Email', 'City', 'Roofs']],
    ['added', undefined],
  ]);
  await expect(caller().edit({ ...tenant(), id, email: 'nonsense' })).rejects.toThrow(
    'This is no e-mail address.',
  );
  await expect(caller().edit({ ...tenant(), id, fields: { roofs: 'many' } })).rejects.toThrow(
    'Roofs: this is no number.',
  );
  await expect(caller().edit({ ...tenant(), id, fields: { nothing: '1' } })).rejects.toThrow(
    'does not exist any more',
  );
});

test('a note is changed and deleted by who wrote it, and by nobody else', async () => {
  const { id: leadId } = await caller().add({ ...tenant(), phone: '+34 612 48 90 17' });
  const { id } = await caller().addNote({ ...tenant(), leadId, body: 'Calls back' });
  const agent = caller(acme.agent);
  await expect(agent.editNote({ ...tenant(), id, body: 'x' })).rejects.toThrow('no such note of yours');
  await expect(agent.deleteNote({ ...tenant(), id })).rejects.toThrow('no such note of yours');
  await caller().editNote({ ...tenant(), id, body: 'Called back' });
  expect((await agent.get({ ...tenant(), id: leadId })).notes).toMatchObject([
    { body: 'Called back', yours: false },
  ]);
  await caller().deleteNote({ ...tenant(), id });
  expect((await caller().get({ ...tenant(), id: leadId })).notes).toEqual([]);
});

test('a timeline gives everything once, page after page, from every source', async () => {
  const wamid = `wamid.timeline.${acme.slug}`;
  await receive(textWebhook(acme.phoneNumberId, { wamid, from: '16505550123', text: 'First words' }));
  const { rows } = await owner.query('select c.id, c.lead_id from conversations c where tenant_id = $1', [
    acme.id,
  ]);
  const [{ id: conversationId, lead_id: id }] = rows;
  await memberCaller(acme, acme.owner).inbox.close({ ...tenant(), conversationId });
  await owner.query(
    `insert into lead_events (tenant_id, id, lead_id, at, kind) select $1, gen_random_uuid(), $2, now() - make_interval(secs => n % 20), 'edited'
     from generate_series(1, 130) n`,
    [acme.id, id],
  );
  await owner.query(
    `insert into consents (tenant_id, id, lead_id, state, source, proof) values ($1, gen_random_uuid(), $2, 'out', 'keyword', 'STOP')`,
    [acme.id, id],
  );
  const kinds: string[] = [];
  const seen = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ReturnType<typeof caller>['timeline']>> = await caller().timeline({
      ...tenant(),
      id,
      cursor,
    });
    for (const item of page.items) {
      kinds.push(item.kind);
      seen.add(`${item.kind} ${item.id}`);
    }
    cursor = page.next;
  } while (cursor !== null);
  expect(seen.size).toBe(kinds.length);
  expect(kinds.filter((kind) => kind === 'edited')).toHaveLength(130);
  expect(new Set(kinds)).toEqual(
    new Set(['edited', 'consent-out', 'conversation', 'conversation-closed', 'first-message']),
  );
});

const field = (kind: string) => ({ name: 'F', kind, choices: ['Yes', 'Perhaps'] });
test.each([
  ['text', ' a ', 'a'],
  ['text', '', null],
  ['number', '1234.5', 1234.5],
  ['number', '-3', -3],
  ['date', '2026-02-28', '2026-02-28'],
  ['choice', 'Perhaps', 'Perhaps'],
  ['boolean', 'yes', true],
  ['boolean', 'no', false],
])('a %s keeps “%s” as %j', (kind, text, kept) => {
  expect(readFieldValue(field(kind), text)).toBe(kept);
});
test.each([
  ['number', '1,5'],
  ['number', '1e999'],
  ['number', 'Infinity'],
  ['date', '2026-02-30'],
  ['date', '1.2.2026'],
  ['choice', 'No'],
  ['boolean', 'true'],
])('a %s takes no “%s”', (kind, text) => {
  expect(() => readFieldValue(field(kind), text)).toThrow(/^F: /);
});
