import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { betweenSamples } from './between-samples.ts';
import { foldUsage } from './fold-usage.ts';
import { sampleTraffic } from './sample-traffic.ts';

const { owner } = testDatabase();
let tenant: TestTenant;

beforeEach(async () => {
  await owner.query('truncate usage, traffic');
  tenant = await makeTenant();
});

type Counted = { ago: number; slot: number; inbound: number; outbound: number; active: number };
const today = new Date('2026-11-28T13:30:20Z');
const day = (ago: number) => new Date(today.getTime() - ago * 24 * 3600_000).toISOString().slice(0, 10);
const note = ({ ago, slot, inbound, outbound, active }: Counted) =>
  owner.query(
    `insert into usage as u values ($1, $2, $3, $4, $5, $6, $7) on conflict (tenant_id, day, channel_id, slot)
     do update set inbound = u.inbound + excluded.inbound, outbound = u.outbound + excluded.outbound,
       active = u.active + excluded.active`,
    [tenant.id, day(ago), tenant.channelId, slot, inbound, outbound, active],
  );
const sums = async () =>
  (
    await owner.query(
      'select day::text, sum(inbound) as inbound, sum(outbound) as outbound, sum(active) as active from usage group by day order by day',
    )
  ).rows;

const count = fc.nat(1_000);
const counted = fc.record({
  ago: fc.nat(6),
  slot: fc.nat(5),
  inbound: count,
  outbound: count,
  active: count,
});

test('folding keeps every day’s sums, leaves days that may go on alone, and folds late comers too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(counted, { maxLength: 20 }),
      fc.array(counted, { maxLength: 5 }),
      async (first, late) => {
        await owner.query('truncate usage');
        for (const one of first) await note(one);
        await foldUsage(today);
        for (const one of late) await note(one);
        const before = await sums();
        await foldUsage(today);
        expect(await sums()).toEqual(before);
        const { rows } = await owner.query('select day::text, slot from usage where slot <> 0');
        expect(rows.filter((row) => row.day < day(2))).toEqual([]);
        const open = [...first, ...late].filter(({ ago, slot }) => ago <= 2 && slot !== 0);
        expect(rows).toHaveLength(new Set(open.map(({ ago, slot }) => `${ago} ${slot}`)).size);
      },
    ),
    { numRuns: 25 },
  );
});

const minutes = async () =>
  (await owner.query('select minute, inbound, outbound from traffic order by minute')).rows.map((row) => ({
    ...row,
    minute: row.minute.toISOString().slice(11, 16),
  }));
const later = (seconds: number) => new Date(today.getTime() + seconds * 1000);

test('each minute is noted once, by whoever of many comes first, as what came since the last', async () => {
  await note({ ago: 0, slot: 1, inbound: 500, outbound: 400, active: 9 });
  await sampleTraffic(today);
  await note({ ago: 0, slot: 2, inbound: 30, outbound: 20, active: 0 });
  await note({ ago: -1, slot: 1, inbound: 3, outbound: 1, active: 1 });
  await Promise.all([0, 1, 2].map(() => sampleTraffic(later(60))));
  await note({ ago: 0, slot: 2, inbound: 7, outbound: 7, active: 0 });
  await sampleTraffic(later(75));
  expect(await minutes()).toEqual([
    { minute: '13:29', inbound: 0, outbound: 0 },
    { minute: '13:30', inbound: 33, outbound: 21 },
  ]);
  await sampleTraffic(later(120));
  expect((await minutes()).at(-1)).toEqual({ minute: '13:31', inbound: 7, outbound: 7 });
});

test('a tenant that is erased makes no traffic that is less than none, and old minutes go', async () => {
  await note({ ago: 0, slot: 1, inbound: 500, outbound: 400, active: 9 });
  await sampleTraffic(today);
  await owner.query('truncate usage');
  await note({ ago: 0, slot: 1, inbound: 2, outbound: 2, active: 1 });
  await sampleTraffic(later(60));
  expect((await minutes()).at(-1)).toMatchObject({ inbound: 0, outbound: 0 });
  await sampleTraffic(later(9 * 24 * 3600));
  expect(await minutes()).toHaveLength(1);
});

test('while nobody looked, what came is spread; after long it is no minute’s', () => {
  const at = (minute: number, inbound: number) => ({
    minute: new Date(minute * 60_000),
    totals: { '2026-11-28': [inbound, 0] as const },
  });
  expect(betweenSamples(undefined, at(5, 100))).toEqual({ inbound: 0, outbound: 0 });
  expect(betweenSamples(at(5, 100), at(6, 160))).toEqual({ inbound: 60, outbound: 0 });
  expect(betweenSamples(at(5, 100), at(15, 160))).toEqual({ inbound: 6, outbound: 0 });
  expect(betweenSamples(at(5, 100), at(500, 160))).toEqual({ inbound: 0, outbound: 0 });
});
