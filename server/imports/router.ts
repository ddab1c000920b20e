import { z } from 'zod';
import { withTenant } from '#server/db/with-tenant.ts';
import { countries } from '#server/leads/read-phone.ts';
import { mayProcedure } from '#server/tenants/may-procedure.ts';
import { router } from '#server/trpc/trpc.ts';
import { onKnown, options } from './columns.ts';
import { cancelImport, chooseColumns, runImport, undoImport } from './direct-import.ts';
import { getImport, listImports, listProblems, refusedRows } from './list-imports.ts';
import { startImport } from './start-import.ts';

const importer = mayProcedure('leads.import');
const one = z.object({ id: z.uuid() });
// Only this process can hand over a stream: what comes as JSON is none.
const bytes = z.custom<AsyncIterable<Uint8Array>>(
  (given) => typeof given === 'object' && given !== null && Symbol.asyncIterator in given,
);

export const importsRouter = router({
  list: importer.query(({ ctx }) => withTenant(ctx.tenantId, listImports)),

  get: importer
    .input(one)
    .query(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => getImport(tx, input.id))),

  problems: importer
    .input(
      one.extend({
        kind: z.enum(['refused', 'doubled', 'warned']),
        after: z.int().min(0).max(10_000_000).default(0),
      }),
    )
    .query(({ ctx, input }) => withTenant(ctx.tenantId, (tx) => listProblems(tx, input))),

  countries: importer.query(() => countries()),

  upload: importer
    .input(z.object({ name: z.string().max(500), bytes }))
    .mutation(({ ctx, input }) => startImport(ctx.tenantId, ctx.actor, input)),

  paste: importer
    .input(z.object({ text: z.string().min(1).max(5_000_000) }))
    .mutation(({ ctx, input }) =>
      startImport(ctx.tenantId, ctx.actor, { name: 'pasted.csv', bytes: bytesOf(input.text) }),
    ),

  choose: importer
    .input(one.extend({ options }))
    .mutation(({ ctx, input }) => chooseColumns(ctx.tenantId, input)),

  run: importer
    .input(
      one.extend({ onKnown, pace: z.enum(['gentle', 'full']), label: z.string().trim().max(60).nullable() }),
    )
    .mutation(({ ctx, input: { id, onKnown, pace, label } }) =>
      runImport(ctx.tenantId, { id, onKnown, pace, label: label || null }),
    ),

  cancel: importer
    .input(one)
    .mutation(({ ctx, input }) => cancelImport(ctx.tenantId, { id: input.id, actor: ctx.actor })),

  undo: importer
    .input(one)
    .mutation(({ ctx, input }) => undoImport(ctx.tenantId, { id: input.id, actor: ctx.actor })),

  /** The refused rows as a file, piece by piece. */
  refused: importer.input(one).mutation(({ ctx, input }) => refusedRows(ctx.tenantId, input.id)),
});

async function* bytesOf(text: string) {
  yield new TextEncoder().encode(text);
}
