import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reportAssumptions } from '#load/model/assumptions.ts';
import { latencyAt } from '#load/model/latency-curve.ts';
import { newId } from '#server/db/id.ts';
import { createTenant } from '#server/tenants/create-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { memberCaller, testFrom } from '#server/testing/member-caller.ts';
import { driftOf, modelOf } from './tier-drift.ts';

const { owner } = testDatabase();
// Letters stay in the outbox.
process.env['PARLEY_DEMO'] = '1';
let tenant: TestTenant;
let other: TestTenant;
const admin = () => memberCaller(tenant, { ...tenant.owner, superadmin: true }).admin;
const tierIds = new Map<string, string>();
const tierId = (name: string) => tierIds.get(name) ?? expect.fail();

const limits = {
  leads: null,
  messages: null,
  peakRate: null,
  burst: null,
  members: null,
  channels: null,
  grace: 0,
};

/** A run whose curve has so many turns a second as its limit; messages are twice as many. */
function runOf(limit: number, more: object = {}) {
  const shares = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];
  const points = shares.map((share) => {
    const offered = share * limit;
    const p95 = latencyAt({ idle: 4, slope: 6, limit }, offered);
    return {
      offered,
      achieved: offered,
      seconds: 8,
      p50: p95 / 3,
      p95,
      p99: p95 * 2,
      errorShare: 0,
      lost: 0,
    };
  });
  return JSON.stringify({
    ...{ scenario: 'breakpoint', unit: 'turn', points, verdict: { state: 'valid', reasons: [] } },
    ...{ surroundings: { at: '2026-11-28T04:10:00.000Z', cores: 2 }, rows: { many: 'others' }, ...more },
  });
}

beforeAll(async () => {
  tenant = await makeTenant();
  other = await makeTenant();
});

beforeEach(async () => {
  await owner.query('delete from load_runs');
  await owner.query('update selling set overcommit = 1, assumptions = null');
  await owner.query('update tenants set tier_id = null');
  await owner.query('delete from grants');
  for (const { id, name } of (await owner.query('select id, name from tiers')).rows) tierIds.set(name, id);
  await owner.query(
    "update tiers set active_conversations = case name when 'Pilot' then 1500 when 'Standard' then 900 else 450 end",
  );
});

const acts = async (action: string) =>
  (
    await owner.query('select tenant_id, subject, details from audit where action = $1 order by at desc', [
      action,
    ])
  ).rows;

describe('runs', () => {
  test('the first that says something is in use at once, and capacity follows from it', async () => {
    expect(await admin().capacity.view()).toMatchObject({ measured: null, sold: 0 });
    const { id, inUse } = await admin().capacity.addRun({ name: 'here.json', text: runOf(300) });
    expect(inUse).toBe(true);
    const { measured, runs } = await admin().capacity.view();
    expect(runs).toMatchObject({
      total: 1,
      runs: [{ id, name: 'here', inUse: true, unit: 'turn', lost: 0 }],
    });
    // 300 turns a second are 600 messages; sold is 70 % of the knee, over 16 hours, a third of it on average.
    const rate = measured?.rate ?? 0;
    expect(rate).toBeGreaterThan(200);
    expect(rate).toBeLessThan(0.7 * 600);
    expect(measured?.active).toBe(Math.floor(((rate / 3) * 57_600) / 15));
    expect(measured?.band.length).toBeGreaterThan(50);
    expect(measured?.isElsewhere).toBe((await import('node:os')).cpus().length !== 2);
  });

  test.each([
    ['no JSON', 'Hello', /no JSON/],
    ['something else', '{"scenario":"ingest"}', /no run of a load test \(unit/],
    ['a run without levels', runOf(1, { points: [] }), /no levels/],
    ['impossible figures', runOf(300, { points: [{ offered: -1 }] }), /points\.0/],
  ])('%s is refused in words', async (_, text, words) => {
    await expect(admin().capacity.addRun({ name: 'x.json', text })).rejects.toThrow(words);
  });

  test('nothing is sold by a void one, the replaced system’s, or too few levels; each says why', async () => {
    const points = JSON.parse(runOf(300)).points.slice(0, 3);
    const unfit = [
      ['void', runOf(300, { verdict: { state: 'void', reasons: ['disk was slow'] } }), /void: disk was slow/],
      ['former', runOf(300, { unit: 'call' }), /replaced/],
      ['short', runOf(300, { points }), /fewer than five levels/],
    ] as const;
    for (const [name, text, words] of unfit) {
      const { id, inUse } = await admin().capacity.addRun({ name, text });
      expect(inUse).toBe(false);
      await expect(admin().capacity.chooseRun({ id })).rejects.toThrow(words);
    }
  });

  test('another is put in use, compared, and the former removed, but not the one in use', async () => {
    const first = await admin().capacity.addRun({ name: 'a.json', text: runOf(300) });
    await expect(admin().capacity.addRun({ name: 'a.json', text: runOf(300) })).rejects.toThrow(
      /is here already/,
    );
    const second = await admin().capacity.addRun({ name: 'b.json', text: runOf(600) });
    await expect(admin().capacity.removeRun({ id: first.id })).rejects.toThrow(/Put another one in use/);
    await admin().capacity.chooseRun({ id: second.id });
    const [a, b] = await admin().capacity.compare({ ids: [first.id, second.id] });
    expect((b?.rate ?? 0) / (a?.rate ?? 1)).toBeCloseTo(2, 1);
    await admin().capacity.removeRun({ id: first.id });
    expect((await admin().capacity.runs()).runs.map(({ name }) => name)).toEqual(['b']);
    expect(await acts('capacity.run-used')).toMatchObject([{ tenant_id: null, subject: 'b' }]);
  });
});

describe('tiers', () => {
  test('one is added, sold, and cannot be deleted while somebody has it', async () => {
    const { id } = await admin().capacity.addTier({
      ...limits,
      name: '  Very   large ',
      activeConversations: 4_500,
    });
    await admin().setTier({ slug: tenant.slug, tierId: id });
    const { tiers, sold, without } = await admin().capacity.view();
    expect(tiers.at(-1)).toMatchObject({ name: 'Very large', tenants: 1, sold: 4_500, room: null });
    expect([sold, without.tenants]).toEqual([4_500, 1]);
    await expect(admin().capacity.deleteTier({ id })).rejects.toThrow(/One tenant has this tier/);
    await admin().setTier({ slug: tenant.slug, tierId: null });
    await admin().capacity.deleteTier({ id });
    expect((await admin().capacity.view()).tiers).toHaveLength(3);
  });

  test.each([
    ['a name that another has', { name: 'pilot' }, /Another tier is called pilot/],
    ['no name', { name: ' ' }, /Give the tier a name/],
    ['half a lead', { leads: 0.5 }, /Leads: write a whole number from 0 on/],
    ['nobody', { members: 0 }, /Members: write a whole number from 1 on/],
    ['no rate', { peakRate: 0 }, /Messages a second/],
    ['more grace than all', { grace: 101 }, /Grace/],
  ])('%s is refused in words', async (_, wrong, words) => {
    const form = { ...limits, name: 'Fine', activeConversations: 5, ...wrong };
    await expect(admin().capacity.addTier(form)).rejects.toThrow(words);
  });

  test('they change places', async () => {
    await admin().capacity.moveTier({ id: tierId('Maximum'), by: -1 });
    await admin().capacity.moveTier({ id: tierId('Pilot'), by: -1 });
    expect((await admin().capacity.view()).tiers.map(({ name }) => name)).toEqual([
      'Pilot',
      'Maximum',
      'Standard',
    ]);
    await admin().capacity.moveTier({ id: tierId('Maximum'), by: 1 });
  });

  test('what the model says of the report’s three follows from what was measured, of any other from its leads', () => {
    const rate = 36;
    const model = modelOf({ name: 'standard', leads: 1 }, rate, reportAssumptions);
    expect(model).toMatchObject({ leads: 3_000, activeConversations: 900, messages: 6_750 });
    expect(modelOf({ name: 'Own', leads: 1_000 }, rate)).toMatchObject({
      leads: 1_000,
      activeConversations: 300,
    });
    expect(modelOf({ name: 'Own', leads: null }, rate)).toBeUndefined();
    const kept = { name: 'Standard', ...model, leads: 3_000, activeConversations: 900, messages: 7_000 };
    expect(driftOf({ ...kept, peakRate: model?.peakRate ?? 0, burst: model?.burst ?? 0 }, model)).toEqual([
      'messages',
    ]);
  });

  test('who signs up begins with the tier that the installation chose', async () => {
    const { assumptions, overcommit, rate } = (await admin().capacity.view()).selling;
    const by = { userId: tenant.owner.id, name: 'Ines', ...testFrom };
    const facts = { name: 'A bakery', timeZone: 'UTC', language: 'en' };
    const tierOf = async (slug: string) =>
      (
        await owner.query(
          'select x.name from tenants t left join tiers x on x.id = t.tier_id where slug = $1',
          [slug],
        )
      ).rows[0]?.name;
    expect(await tierOf(await createTenant(facts, by))).toBe('Pilot');
    await admin().capacity.changeSelling({ assumptions, overcommit, rate, defaultTierId: null });
    expect(await tierOf(await createTenant(facts, by))).toBeNull();
    await admin().capacity.changeSelling({ assumptions, overcommit, rate, defaultTierId: tierId('Pilot') });
  });
});

describe('nothing is sold beyond what was measured without a reason', () => {
  // Little enough that one tenant of 1,500 is too many with another.
  beforeEach(async () => {
    await admin().capacity.addRun({ name: 'small.json', text: runOf(1.5) });
    const { measured } = await admin().capacity.view();
    expect(measured?.active).toBeGreaterThan(900);
    expect(measured?.active).toBeLessThan(2_400);
    await admin().setTier({ slug: other.slug, tierId: tierId('Standard') });
  });

  const tierOf = async () =>
    (await owner.query('select tier_id from tenants where id = $1', [tenant.id])).rows[0].tier_id;

  test('a tier', async () => {
    const sale = { slug: tenant.slug, tierId: tierId('Pilot') };
    await expect(admin().setTier(sale)).rejects.toThrow(
      /sells more than there is: 2,400 active .* \(900 are\)/,
    );
    expect(await tierOf()).toBeNull();
    await admin().setTier({ ...sale, why: 'They are quiet at night' });
    expect(await tierOf()).toBe(sale.tierId);
    expect(await acts('quota.oversold')).toMatchObject([
      { tenant_id: tenant.id, details: { reason: 'They are quiet at night', sold: 2_400 } },
    ]);
    // What lowers it goes, though it is still too much.
    await admin().grant({
      ...{ slug: tenant.slug, quota: 'active_conversations', value: 1_400, reason: 'Less', expiresAt: null },
    });
    await expect(admin().revokeGrant({ slug: tenant.slug, quota: 'active_conversations' })).rejects.toThrow(
      /2,400/,
    );
  });

  test('a grant, a new tenant, and more of a tier that somebody has', async () => {
    const slug = `new-${newId().slice(-8)}`;
    await expect(
      admin().grant({
        ...{
          slug: other.slug,
          quota: 'active_conversations',
          value: 5_000,
          reason: 'A fair',
          expiresAt: null,
        },
      }),
    ).rejects.toThrow(/5,000 active/);
    await expect(
      admin().create({ name: 'New', slug, email: 'new@x.example', tierId: tierId('Pilot') }),
    ).rejects.toThrow(/2,400/);
    expect((await owner.query('select from tenants where slug = $1', [slug])).rows).toEqual([]);
    const tier = { ...limits, id: tierId('Standard'), name: 'Standard', activeConversations: 9_000 };
    await expect(admin().capacity.editTier(tier)).rejects.toThrow(/9,000/);
    await admin().capacity.editTier({ ...tier, why: 'The new server comes on Monday' });
    expect((await acts('capacity.tier-changed'))[0]?.details).toMatchObject({
      activeConversations: '900 → 9000',
    });
  });

  test('the overcommit makes room', async () => {
    const { assumptions, rate, defaultTierId } = (await admin().capacity.view()).selling;
    await admin().capacity.changeSelling({ assumptions, rate, defaultTierId, overcommit: 3 });
    await admin().setTier({ slug: tenant.slug, tierId: tierId('Pilot') });
    const { tiers, measured } = await admin().capacity.view();
    expect(tiers[0]?.room).toBe(Math.floor(((measured?.active ?? 0) * 3 - 2_400) / 1_500));
    await expect(
      admin().capacity.changeSelling({ assumptions, rate, defaultTierId, overcommit: 0 }),
    ).rejects.toThrow(/between 0.1 and 10/);
    await expect(
      admin().capacity.changeSelling({
        overcommit: 1,
        rate,
        defaultTierId,
        assumptions: { ...assumptions, activeHours: 25 },
      }),
    ).rejects.toThrow(/activeHours/);
  });

  test('of two that each fit, sold at once, only one goes through', async () => {
    const both = await Promise.allSettled(
      [tenant.slug, other.slug].map((slug) =>
        admin().grant({
          slug,
          quota: 'active_conversations',
          value: 1_400,
          reason: 'At once',
          expiresAt: null,
        }),
      ),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

test('the tenant’s page says what it has, from where, and what it spent on its own days', async () => {
  await admin().setTier({ slug: tenant.slug, tierId: tierId('Pilot'), reason: 'Their contract' });
  await admin().grant({
    ...{ slug: tenant.slug, quota: 'messages', value: 20_000, reason: 'A fair' },
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  await expect(
    admin().grant({ slug: tenant.slug, quota: 'members', value: 0, reason: 'x', expiresAt: null }),
  ).rejects.toThrow(/whole number from 1/);
  await owner.query(
    `insert into usage select $1, (now() at time zone 'Europe/Madrid')::date - ago, $2, ago, 10, 20, 5 from generate_series(0, 1) ago`,
    [tenant.id, tenant.channelId],
  );
  const { spending, acts: done } = await admin().tenant({ slug: tenant.slug });
  expect(spending).toMatchObject({
    quotas: { tier: 'Pilot', activeConversations: 1_500, messages: 20_000 },
    grants: [{ quota: 'messages', value: 20_000, reason: 'A fair' }],
    ...{ today: { inbound: 10, outbound: 20, active: 5 }, yesterday: { active: 5 }, last30Days: 60 },
  });
  expect(done.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['quota.granted', 'quota.tier-changed']),
  );
  const { busiest, tiers } = await admin().capacity.view();
  expect(busiest).toEqual([{ slug: tenant.slug, name: tenant.name, tier: 'Pilot', active: 5, quota: 1_500 }]);
  expect(tiers[0]).toMatchObject({ tenants: 1, used: 5 });
});
