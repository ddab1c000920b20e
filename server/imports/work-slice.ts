import { setTimeout as sleep } from 'node:timers/promises';
import { recordAudit } from '#server/audit/record-audit.ts';
import { type TenantTx, withTenant } from '#server/db/with-tenant.ts';
import { log } from '#server/log.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { applyBatch, gentleBatch, tryBatch, type Verdicts } from './apply-batch.ts';
import type { Column } from './columns.ts';
import { findImport, type ImportRecord } from './import-record.ts';
import { labelIds } from './labels.ts';
import { leadQuota, quotaWords } from './lead-quota.ts';
import { type Batch, openRun, type Run, readBatch } from './open-run.ts';
import type { Person, Problem } from './read-person.ts';
import { sortInLeads } from './sort-in-leads.ts';

// A slice ends so that other tenants' imports have their turn.
const sliceMilliseconds = 2_000;
const batchOf = { gentle: gentleBatch, full: 2_500 };
const toldEvery = 1_000;

const runs = new Map<string, Run>();

/** Lets go of what this process holds of an import. */
export function forgetRun(id: string) {
  void runs.get(id)?.rows.return(undefined);
  runs.delete(id);
}

/**
 * Checks or runs an import for some seconds, a committed batch at a time; answers whether there is more to do. The rows,
 * what became of them and how far the file is done are one commit: killed at any point, it goes on there.
 */
export async function workSlice(record: ImportRecord, givesWay: () => boolean): Promise<boolean> {
  const { id, state, options } = record;
  forgetIdle();
  let run = runs.get(id);
  if (run && (run.state !== state || run.lines !== record.lines)) {
    forgetRun(id);
    run = undefined;
  }
  run ??= await openRun(record);
  runs.set(id, run);
  const until = Date.now() + sliceMilliseconds;
  // A check writes no leads, and somebody waits for it.
  const pace = state === 'checking' ? 'full' : options.pace;
  while (Date.now() < until && !givesWay()) {
    const began = Date.now();
    const batch = await (run.ahead ?? readBatch(run, batchOf[pace]));
    run.ahead = undefined;
    run.usedAt = Date.now();
    if (batch === undefined) {
      await run.sorting;
      // The last ones too, so that no search reads through them afterwards.
      if (run.sorts) await sortIn(record.tenantId, run);
      await finish(record, run);
      forgetRun(id);
      return false;
    }
    if (!(await workBatch(record, run, batch, () => readAhead(run, batchOf[pace])))) {
      forgetRun(id);
      return false;
    }
    if (run.wrote && pace === 'full') void sortIn(record.tenantId, run);
    if (pace === 'gentle') await sleep(Math.min(2 * (Date.now() - began), 2_000));
  }
  return true;
}

/** The next rows are read while PostgreSQL writes these. */
function readAhead(run: Run, most: number) {
  if (run.ahead !== undefined) return;
  run.ahead = readBatch(run, most);
  run.ahead.catch(() => undefined);
}

/** One at a time, beside the batches. */
function sortIn(tenantId: string, run: Run) {
  run.sorts = true;
  run.sorting ??= sortInLeads(tenantId)
    .catch((error: unknown) =>
      log().warn({ err: error }, 'new leads were not sorted into the search’s indexes'),
    )
    .finally(() => {
      run.sorting = undefined;
    });
  return run.sorting;
}

const idleMilliseconds = 5 * 60_000;

function forgetIdle() {
  for (const [id, { usedAt }] of runs) if (usedAt < Date.now() - idleMilliseconds) forgetRun(id);
}

/** False when somebody else has done it, or ended the import. */
async function workBatch(record: ImportRecord, run: Run, batch: Batch, readOn: () => void): Promise<boolean> {
  const { tenantId, id, state } = record;
  const { persons, problems, doubled, refused, lines } = batch;
  const tells = Date.now() - run.toldAt >= toldEvery;
  // Which of the two is the long one, the batch before has shown.
  const meanwhile = (during: 'lookup' | 'write') => {
    if (during === 'write' || !run.wrote) readOn();
  };
  const committed = await withTenant(tenantId, async (tx) => {
    const [held] = await tx.db.$queryRaw<{ state: string; lines: number }[]>`
      select state, lines from imports where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for update`;
    if (held?.state !== state || held.lines !== run.lines) return false;
    const order = await orderOf(tx, record, persons);
    const { verdicts, more } =
      state === 'checking'
        ? { verdicts: await tryBatch(tx, order, persons, meanwhile), more: [] }
        : await applyBatch(tx, order, persons, meanwhile).then((done) => ({
            verdicts: done.verdicts,
            more: done.problems,
          }));
    await keepProblems(tx, id, [...problems, ...more.map((problem) => ({ ...problem, cells: [] }))]);
    await count(tx, id, lines, { ...verdicts, doubled: verdicts.doubled + doubled }, refused);
    if (tells) await publishEverything(tx);
    run.wrote = state === 'running' && verdicts.created + verdicts.updated > 0;
    return true;
  });
  if (!committed) return false;
  readOn();
  if (tells) run.toldAt = Date.now();
  run.lines = lines;
  return true;
}

async function orderOf(
  tx: TenantTx,
  { id, userId, userName, fileName, options, state }: ImportRecord,
  persons: Person[],
) {
  const names = persons.flatMap(({ labels }) => labels);
  if (options.label) names.push(options.label);
  const labels = await labelIds(tx, names, state === 'running');
  return {
    ...{ importId: id, fileName, actor: { userId, name: userName }, onKnown: options.onKnown, labels },
    labelIds: options.label ? [labels.get(options.label.toLowerCase()) ?? options.label] : [],
  };
}

async function keepProblems(
  { db, tenantId }: TenantTx,
  id: string,
  problems: (Problem & { cells: string[] })[],
) {
  if (problems.length === 0) return;
  const numbers = new Map<number, number>();
  const rows = problems.map((problem) => {
    const number = numbers.get(problem.line) ?? 0;
    numbers.set(problem.line, number + 1);
    return { ...problem, number };
  });
  await db.$executeRaw`
    insert into import_problems (tenant_id, import_id, line, number, kind, "column", value, reason, cells)
    select ${tenantId}::uuid, ${id}::uuid, line, number, kind, "column", value, reason, cells
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r (line int, number int, kind text, "column" text, value text, reason text, cells text[])`;
}

async function count(
  { db, tenantId }: TenantTx,
  id: string,
  lines: number,
  verdicts: Verdicts,
  refused: number,
) {
  const { created, updated, unchanged, doubled, changes } = verdicts;
  await db.$executeRaw`
    update imports set lines = ${lines}, created = created + ${created}, updated = updated + ${updated},
      unchanged = unchanged + ${unchanged}, doubled = doubled + ${doubled}, refused = refused + ${refused}, worked_at = now(),
      format = case when state = 'checking' then jsonb_set(format, '{known}', jsonb_build_object(
        'fill', (format->'known'->>'fill')::int + ${changes.fill}::int,
        'overwrite', (format->'known'->>'overwrite')::int + ${changes.overwrite}::int,
        'all', (format->'known'->>'all')::int + ${updated + unchanged}::int)) else format end
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`;
}

async function finish({ tenantId, id, state, userId, userName, fileName }: ImportRecord, run: Run) {
  await withTenant(tenantId, async (tx) => {
    await tx.db
      .$queryRaw`select 1 from imports where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for update`;
    const now = await findImport(tx, id);
    if (now?.state !== state || now.lines !== run.lines) return;
    if (state === 'checking') {
      const most = await leadQuota(tx);
      const quota = quotaWords(most, most === null ? 0 : await leadCount(tx), now.created);
      const format = JSON.stringify({ ...now.format, quota });
      const options = JSON.stringify({
        ...now.options,
        columns: withChoices(now.options.columns, run.choices),
      });
      await tx.db.$executeRaw`
        update imports set state = 'checked', lines_total = lines, format = ${format}::jsonb, options = ${options}::jsonb
        where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`;
    } else {
      await tx.db.$executeRaw`
        update imports set state = 'finished', lines_total = lines, finished_at = now()
        where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`;
      const { created, updated, unchanged, doubled, refused } = now;
      await recordAudit(tx, {
        ...{ tenantId, action: 'lead.imported', subject: fileName },
        actor: { userId, name: userName, address: null, device: null },
        details: { created, updated, unchanged, doubled, refused },
      });
    }
    await publishEverything(tx);
  });
}

const withChoices = (columns: Column[], choices: Map<number, Set<string>>): Column[] =>
  columns.map((column, index) =>
    column.to === 'make' ? { ...column, choices: [...(choices.get(index) ?? [])] } : column,
  );

const leadCount = ({ db, tenantId }: TenantTx): Promise<number> =>
  db.lead.count({ where: { tenantId, deletedAt: null, mergedInto: null } });
