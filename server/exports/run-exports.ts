import { setTimeout as sleep } from 'node:timers/promises';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import type { Handled } from '#server/jobs/consume.ts';
import { listFields } from '#server/leads/fields.ts';
import { log } from '#server/log.ts';
import { countLeads, leadsAfter } from '#server/people/find-leads.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { storeFile } from '#server/storage/store-file.ts';
import { columnsOf } from './columns.ts';
import { csvFile } from './csv-file.ts';
import { type ExportOrder, orderForm } from './order.ts';
import { readRows } from './read-rows.ts';
import { mostLines, xlsxFile } from './xlsx-file.ts';

type Job = JobData<'export'>;

// Leads in memory at once.
const pageOf = 1_000;
/** How long a file can be downloaded. Milliseconds. */
const keptFor = 7 * 24 * 3600 * 1000;
const asksAgainEvery = 250;
// How many an export says that it is about; of more it says so many. They are all in it.
const mostCounted = 1_000_000;
const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** The `export` jobs. One that gives way waits before its next page; one that broke off begins anew: half a file is nobody's. */
export async function runExports(jobs: Job[], givesWay: () => boolean = () => false): Promise<Handled[]> {
  const handled: Handled[] = [];
  for (const job of jobs) handled.push(await run(job, givesWay));
  return handled;
}

async function run({ tenantId, exportId }: Job, givesWay: () => boolean): Promise<Handled> {
  const begun = await withTenant(tenantId, (tx) => begin(tx, exportId));
  if (!begun) return 'done';
  const { format, order, createdAt } = begun;
  try {
    const columns = columnsOf(order.columns, await withTenant(tenantId, listFields));
    const pages = linesOf(tenantId, exportId, order, { until: createdAt, format, givesWay });
    const lines = mapPages(pages, (row) => columns.map(({ cell }) => cell(row)));
    const head = columns.map((column) => column.head);
    const { id: fileId } = await storeFile(
      tenantId,
      {
        ...{ name: `leads-${createdAt.toISOString().slice(0, 10)}.${format}`, type: types[format] },
        expiresAt: new Date(Date.now() + keptFor),
      },
      format === 'csv' ? csvFile(head, lines) : xlsxFile(head, lines),
    );
    await finish(tenantId, exportId, { state: 'finished', fileId });
    return 'done';
  } catch (error) {
    if (!(error instanceof Refusal)) {
      log().error({ err: error, export: exportId }, 'an export failed');
      return 'failed';
    }
    await finish(tenantId, exportId, { state: 'failed', failure: error.message });
    return 'done';
  }
}

/** Null when it is finished already, or the tenant has none with this id. */
async function begin(tx: TenantTx, id: string) {
  const { db, tenantId } = tx;
  const row = await db.export.findFirst({
    where: { tenantId, id, state: { in: ['waiting', 'running'] } },
    select: { format: true, order: true, createdAt: true },
  });
  if (!row) return null;
  const order = orderForm.parse(row.order);
  const { who } = order;
  const meant = 'ids' in who ? who.ids.length : await countLeads(tx, who.filter, mostCounted);
  await db.export.update({
    where: { tenantId_id: { tenantId, id } },
    data: { state: 'running', meant, done: 0 },
    select: { id: true },
  });
  return {
    format: row.format === 'xlsx' ? ('xlsx' as const) : ('csv' as const),
    order,
    createdAt: row.createdAt,
  };
}

/** The leads, a page at a time, with how far it is written down after each. */
async function* linesOf(
  tenantId: string,
  exportId: string,
  order: ExportOrder,
  { until, format, givesWay }: { until: Date; format: 'csv' | 'xlsx'; givesWay: () => boolean },
) {
  let [after, done]: [string | null, number] = [null, 0];
  for (;;) {
    while (givesWay()) await sleep(asksAgainEvery);
    const { ids, rows } = await withTenant(tenantId, async (tx) => {
      const next: string[] = await nextIds(tx, order, { after, until });
      const found = await readRows(tx, next);
      await tx.db.export.update({
        where: { tenantId_id: { tenantId, id: exportId } },
        data: { done: done + found.length },
        select: { id: true },
      });
      return { ids: next, rows: found };
    });
    done += rows.length;
    if (format === 'xlsx' && done > mostLines)
      throw new Refusal(
        'bad-input',
        'too-many-rows',
        `A sheet holds ${mostLines.toLocaleString('en')} leads at most. Export fewer of them, or as CSV.`,
      );
    if (rows.length > 0) yield rows;
    if (ids.length < pageOf) return;
    after = ids.at(-1) ?? null;
  }
}

async function nextIds(
  tx: TenantTx,
  { who }: ExportOrder,
  { after, until }: { after: string | null; until: Date },
): Promise<string[]> {
  if ('ids' in who)
    return who.ids
      .toSorted()
      .filter((id) => after === null || id > after)
      .slice(0, pageOf);
  return leadsAfter(tx, { filter: who.filter, after, until, most: pageOf });
}

async function* mapPages<T, R>(pages: AsyncIterable<T[]>, to: (row: T) => R): AsyncGenerator<R[]> {
  for await (const page of pages) yield page.map(to);
}

function finish(
  tenantId: string,
  id: string,
  data: { state: 'finished'; fileId: string } | { state: 'failed'; failure: string },
) {
  return withTenant(tenantId, async (tx) => {
    await tx.db.export.update({
      where: { tenantId_id: { tenantId, id } },
      data: { ...data, finishedAt: new Date() },
      select: { id: true },
    });
    await publishEverything(tx);
  });
}
