import { csvLine } from '#server/csv/csv-line.ts';
import { type TenantTx, withTenant } from '#server/db/with-tenant.ts';
import { listFields } from '#server/leads/fields.ts';
import { Refusal } from '#server/refusal.ts';
import { findImport, type ImportRecord, recordOf } from './import-record.ts';
import type { Undone } from './undo-slice.ts';

const pageOf = 100;
const mostShown = 50;

/** The ledger, newest first. */
export async function listImports({ db, tenantId }: TenantTx) {
  const rows = await db.import.findMany({
    where: { tenantId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: mostShown,
  });
  return rows.map((row) => viewOf(recordOf(row)));
}

/** One import with what can be chosen for it. Refuses ("not-found"). */
export async function getImport(tx: TenantTx, id: string) {
  const found = await findImport(tx, id);
  if (!found) throw nobodys();
  const { format, options } = found;
  return { ...viewOf(found), format, options, fields: await listFields(tx) };
}

function viewOf(record: ImportRecord) {
  const { id, userName, fileName, fileSize, state, lines, linesTotal, failure } = record;
  const { created, updated, unchanged, doubled, refused } = record;
  return {
    ...{ id, userName, fileName, fileSize, state, lines, linesTotal, failure },
    ...{ created, updated, unchanged, doubled, refused },
    createdAt: record.createdAt.toISOString(),
    startedAt: record.startedAt?.toISOString() ?? null,
    finishedAt: record.finishedAt?.toISOString() ?? null,
    // The cast: written by this room alone.
    undone: record.undone as Undone | null,
  };
}

/** Lines of one kind after a line, in the file's order. */
export async function listProblems(
  tx: TenantTx,
  { id, kind, after, most = pageOf }: { id: string; kind: string; after: number; most?: number },
) {
  const { db, tenantId } = tx;
  if (!(await findImport(tx, id))) throw nobodys();
  return db.importProblem.findMany({
    where: { tenantId, importId: id, kind, line: { gt: after } },
    orderBy: [{ line: 'asc' }, { number: 'asc' }],
    take: most,
    select: { line: true, number: true, column: true, value: true, reason: true, cells: true },
  });
}

const nobodys = () => new Refusal('not-found', 'import', 'There is no such import.');

/** The refused rows as they stood in the file, each with its line and why, as a CSV file: to be mended and brought in again. */
export async function refusedRows(tenantId: string, id: string): Promise<AsyncGenerator<string>> {
  const { format } = await withTenant(tenantId, (tx) => getImport(tx, id));
  return refusedLines(tenantId, id, format.names);
}

async function* refusedLines(tenantId: string, id: string, names: string[]): AsyncGenerator<string> {
  yield `\uFEFF${csvLine([...names, 'Line', 'Why'])}`;
  let after = 0;
  for (;;) {
    const from = after;
    const rows = await withTenant(tenantId, (tx) =>
      listProblems(tx, { id, kind: 'refused', after: from, most: 1_000 }),
    );
    const byLine = Map.groupBy(rows, ({ line }) => line);
    // The last line of a page may have more reasons on the next.
    if (rows.length === 1_000 && byLine.size > 1) byLine.delete(rows.at(-1)?.line ?? 0);
    for (const [line, problems] of byLine) {
      const cells = names.map((_, index) => problems[0]?.cells[index] ?? '');
      const why = problems
        .map(({ column, reason }) => (column === null ? reason : `${column}: ${reason}`))
        .join('; ');
      yield csvLine([...cells, line, why]);
      after = line;
    }
    if (rows.length < 1_000) return;
  }
}
