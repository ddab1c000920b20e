import { z } from 'zod';
import { type Assumptions, assumptionsForm, reportAssumptions } from '#load/model/assumptions.ts';
import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import type { PlatformTx } from '#server/db/as-platform.ts';
import { Prisma } from '#server/db/sql.ts';
import { Refusal } from '#server/refusal.ts';

/** How the installation sells what was measured. */
export type Selling = {
  /** How many times the measured may be sold: 1 is none twice. */
  overcommit: number;
  /** By which of the two measured rates. */
  rate: 'sustainable' | 'peak';
  assumptions: Assumptions;
  /** What a business gets that signs up; null: no quotas. */
  defaultTierId: string | null;
};

export const sellingForm = z.object({
  overcommit: z.number(),
  rate: z.enum(['sustainable', 'peak']),
  assumptions: z.record(z.string().max(40), z.number()),
  defaultTierId: z.uuid().nullable(),
});

export async function readSelling({ db }: PlatformTx): Promise<Selling> {
  const { overcommit, rate, assumptions, defaultTierId } = await db.selling.findUniqueOrThrow({
    where: { id: 1 },
  });
  const kept = assumptionsForm.safeParse(assumptions);
  return {
    ...{ overcommit, defaultTierId, rate: rate === 'peak' ? 'peak' : 'sustainable' },
    assumptions: kept.data ?? reportAssumptions,
  };
}

/** Whoever changes what is sold comes one after the other until the transaction ends. */
export const holdSelling = ({ db }: PlatformTx) => db.$queryRaw`select from selling for no key update`;

/** Throws Refusal. */
export async function changeSelling(tx: PlatformTx, wanted: z.output<typeof sellingForm>, actor: Actor) {
  const { overcommit, rate, defaultTierId } = wanted;
  if (!(overcommit >= 0.1 && overcommit <= 10))
    throw new Refusal('bad-input', 'overcommit', 'What was measured is sold between 0.1 and 10 times.');
  const assumptions = readAssumptions(wanted.assumptions);
  await holdSelling(tx);
  const tier = defaultTierId === null ? null : await tx.db.tier.findUnique({ where: { id: defaultTierId } });
  if (defaultTierId !== null && !tier)
    throw new Refusal('not-found', 'no-tier', 'This tier does not exist any more. Choose another one.');
  await tx.db.selling.update({
    where: { id: 1 },
    data: {
      ...{ overcommit, rate, defaultTierId },
      assumptions: isReports(assumptions) ? Prisma.DbNull : assumptions,
    },
    select: { id: true },
  });
  await recordAudit(tx, {
    ...{ tenantId: null, actor, action: 'capacity.selling-changed' },
    details: { overcommit, rate, newTenants: tier?.name ?? 'no tier', ...assumptions },
  });
}

function readAssumptions(given: Record<string, number>): Assumptions {
  const read = assumptionsForm.safeParse(given);
  if (read.success) return read.data;
  const name = read.error.issues[0]?.path[0];
  throw new Refusal(
    'bad-input',
    'assumptions',
    `This assumption is not possible: ${String(name)}. A day has at most 24 active hours, shares are above 0 and at most 100 %, and the busiest hour has 1 to 24 times the average.`,
  );
}

const isReports = (assumptions: Assumptions) =>
  JSON.stringify(assumptions) === JSON.stringify(assumptionsForm.parse(reportAssumptions));
