import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { sqlState } from '#server/db/sql-state.ts';
import { type TenantTx, withTenant } from '#server/db/with-tenant.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import type { OnKnown, Options } from './columns.ts';
import { holdImport, type State } from './import-record.ts';
import { makeFields } from './make-fields.ts';
import { storedSource } from './open-rows.ts';
import { headOf } from './read-head.ts';

type One = { id: string; actor: UserActor };

/** Takes other choices and checks again with them. */
export async function chooseColumns(tenantId: string, { id, options }: { id: string; options: Options }) {
  const before = await withTenant(tenantId, (tx) => holdImport(tx, id, ['choosing', 'checked']));
  if (!options.columns.some(({ to }) => to === 'phone'))
    throw new Refusal(
      'bad-input',
      'phone',
      'Choose which column has the phone numbers: by them people are known.',
    );
  // Another sheet, separator or header row is another list of columns.
  const { format, fileId } = before;
  const head = fileId === null ? undefined : await headOf(storedSource(tenantId, fileId), format, options);
  await withTenant(tenantId, async (tx) => {
    const { format } = await holdImport(tx, id, ['choosing', 'checked']);
    const known = { fill: 0, overwrite: 0, all: 0 };
    const read = head ? { names: head.names, samples: head.samples.slice(0, 5) } : {};
    const next = JSON.stringify({ ...format, ...read, known, quota: null, question: null });
    await reset(tx, id, 'checking');
    await tx.db.$executeRaw`
      update imports set format = ${next}::jsonb, options = ${JSON.stringify(options)}::jsonb
      where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`;
    await work(tx, id);
  });
}

/** Runs a checked import. Refuses ("conflict") while another one runs here, and what the quota does not take. */
export async function runImport(
  tenantId: string,
  { id, ...chosen }: { id: string; onKnown: OnKnown; pace: Options['pace']; label: string | null },
) {
  try {
    await withTenant(tenantId, async (tx) => {
      const { options, format } = await holdImport(tx, id, ['checked']);
      if (format.quota) throw new Refusal('precondition', 'quota', format.quota);
      const next = { ...options, ...chosen, columns: await makeFields(tx, options.columns) };
      await reset(tx, id, 'running');
      await tx.db.$executeRaw`
        update imports set options = ${JSON.stringify(next)}::jsonb, started_at = now()
        where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`;
      await work(tx, id);
    });
  } catch (error) {
    throw busy(error);
  }
}

/** Stops an import where it is. What is in stays, and can be undone. */
export const cancelImport = (tenantId: string, { id, actor }: One) =>
  withTenant(tenantId, async (tx) => {
    const { fileName } = await holdImport(tx, id, ['reading', 'choosing', 'checking', 'checked', 'running']);
    await tx.db.$executeRaw`
      update imports set state = 'cancelled', finished_at = now() where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`;
    await recordAudit(tx, { tenantId, actor, action: 'lead.import-cancelled', subject: fileName });
    await publishEverything(tx);
  });

/** Takes back what an import did, where nobody has touched it since. */
export async function undoImport(tenantId: string, { id, actor }: One) {
  try {
    await withTenant(tenantId, async (tx) => {
      const { fileName, startedAt } = await holdImport(tx, id, ['finished', 'cancelled', 'failed']);
      if (startedAt === null) throw new Refusal('conflict', 'nothing', 'This import has brought nothing in.');
      await tx.db.$executeRaw`
        update imports set state = 'undoing', worked_at = now() where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`;
      await recordAudit(tx, { tenantId, actor, action: 'lead.import-undone', subject: fileName });
      await work(tx, id);
    });
  } catch (error) {
    throw busy(error);
  }
}

async function reset({ db, tenantId }: TenantTx, id: string, state: State) {
  await db.$executeRaw`
    delete from import_problems where tenant_id = ${tenantId}::uuid and import_id = ${id}::uuid`;
  await db.$executeRaw`
    update imports set state = ${state}, lines = 0, created = 0, updated = 0, unchanged = 0, doubled = 0, refused = 0,
                       worked_at = now()
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`;
}

async function work(tx: TenantTx, importId: string) {
  await enqueue(tx, 'import', [{ tenantId: tx.tenantId, importId }]);
  await publishEverything(tx);
}

/** The index that lets one import a tenant work. */
const busy = (error: unknown) =>
  sqlState(error) === '23505'
    ? new Refusal(
        'conflict',
        'import-busy',
        'Another import is at work. Wait until it has ended, then try again.',
      )
    : error;
