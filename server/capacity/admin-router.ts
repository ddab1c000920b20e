import { z } from 'zod';
import { asPlatform } from '#server/db/as-platform.ts';
import { readGivingWay } from '#server/pressure/read-giving-way.ts';
import { superadminProcedure } from '#server/trpc/procedures.ts';
import { router } from '#server/trpc/trpc.ts';
import { addTier, deleteTier, editTier, moveTier } from './edit-tiers.ts';
import { exportCapacity, reportFiles } from './export-capacity.ts';
import { addRun, chooseRun, removeRun } from './keep-runs.ts';
import { readAllRuns, readCapacity, readComparison } from './read-capacity.ts';
import { readTierNames } from './read-tiers.ts';
import { changeSelling, sellingForm } from './selling.ts';
import { tierForm } from './tier-form.ts';

const one = z.object({ id: z.uuid() });
const why = z.string().trim().max(300).optional();
/** A file of a load test is some tens of kilobytes. */
const mostRun = 5_000_000;

/** What is measured, and what is sold of it: the superadmin's. */
export const capacityRouter = router({
  /** What gives way at this moment, because there is too much to do; mostly nothing. */
  pressure: superadminProcedure.query(async () => ({ givesWay: await readGivingWay() })),

  view: superadminProcedure.query(async () => ({ ...(await readCapacity()), reports: reportFiles() })),

  /** The page's figures, or the report, as a file. */
  file: superadminProcedure
    .input(z.object({ name: z.string().max(100) }))
    .query(({ input }) => exportCapacity(input.name)),

  tierNames: superadminProcedure.query(() => asPlatform(readTierNames)),

  runs: superadminProcedure.query(() => readAllRuns()),

  compare: superadminProcedure
    .input(z.object({ ids: z.array(z.uuid()).max(2) }))
    .query(({ input }) => readComparison(input.ids)),

  addRun: superadminProcedure
    .input(z.object({ name: z.string().max(300), text: z.string().max(mostRun) }))
    .mutation(({ ctx, input }) => asPlatform((tx) => addRun(tx, input, ctx.actor))),

  chooseRun: superadminProcedure
    .input(one)
    .mutation(({ ctx, input }) => asPlatform((tx) => chooseRun(tx, input.id, ctx.actor))),

  removeRun: superadminProcedure
    .input(one)
    .mutation(({ ctx, input }) => asPlatform((tx) => removeRun(tx, input.id, ctx.actor))),

  changeSelling: superadminProcedure
    .input(sellingForm)
    .mutation(({ ctx, input }) => asPlatform((tx) => changeSelling(tx, input, ctx.actor))),

  addTier: superadminProcedure
    .input(tierForm)
    .mutation(({ ctx, input }) => asPlatform((tx) => addTier(tx, input, ctx.actor))),

  editTier: superadminProcedure
    .input(tierForm.extend({ id: z.uuid(), why }))
    .mutation(({ ctx, input }) => asPlatform((tx) => editTier(tx, input, ctx.actor))),

  deleteTier: superadminProcedure
    .input(one)
    .mutation(({ ctx, input }) => asPlatform((tx) => deleteTier(tx, input.id, ctx.actor))),

  moveTier: superadminProcedure
    .input(one.extend({ by: z.union([z.literal(-1), z.literal(1)]) }))
    .mutation(({ input }) => asPlatform((tx) => moveTier(tx, input))),
});
