import type { UserActor } from '#server/audit/record-audit.ts';
import { recordAudit } from '#server/audit/record-audit.ts';
import { type TenantTx, withTenant } from '#server/db/with-tenant.ts';
import { listFields } from '#server/leads/fields.ts';
import { Refusal } from '#server/refusal.ts';
import { readFile } from '#server/storage/read-file.ts';
import { standardColumns } from './columns.ts';

export type ExportState = 'waiting' | 'running' | 'finished' | 'failed';

/** The tenant's newest exports. `expiresAt`: until when the file can be downloaded; null: there is none. */
export async function listExports({ db, tenantId }: TenantTx) {
  const rows = await db.export.findMany({
    where: { tenantId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 20,
    select: {
      ...{ id: true, userName: true, fileId: true, format: true, state: true, meant: true, done: true },
      ...{ failure: true, createdAt: true },
    },
  });
  const files = await db.storedFile.findMany({
    where: { tenantId, id: { in: rows.flatMap(({ fileId }) => fileId ?? []) }, complete: true },
    select: { id: true, size: true, expiresAt: true },
  });
  return rows.map(({ fileId, createdAt, format, state, ...row }) => {
    const file = files.find(({ id }) => id === fileId);
    return {
      ...row,
      format: format === 'xlsx' ? ('xlsx' as const) : ('csv' as const),
      // A check of the table's holds it.
      state: state as ExportState,
      createdAt: createdAt.toISOString(),
      size: file ? Number(file.size) : null,
      expiresAt: file?.expiresAt.toISOString() ?? null,
    };
  });
}

/** The columns that can be chosen: those that every lead has, then the tenant's own. */
export async function listColumns(tx: TenantTx) {
  const own = (await listFields(tx)).map(({ key, name }) => ({ key: `field:${key}`, head: name }));
  return [...standardColumns, ...own];
}

/** A finished export's file, piece by piece; that somebody took it along is written down before the first. */
export async function openExport(tenantId: string, id: string, actor: UserActor) {
  const file = await withTenant(tenantId, async (tx) => {
    const row = await tx.db.export.findFirst({
      where: { tenantId, id, state: 'finished' },
      select: { fileId: true },
    });
    const known =
      row?.fileId &&
      (await tx.db.storedFile.findFirst({
        where: { tenantId, id: row.fileId, complete: true, expiresAt: { gt: new Date() } },
        select: { id: true, name: true, type: true },
      }));
    if (!known) throw new Refusal('not-found', 'file-gone', 'This file is not kept any more. Export again.');
    await recordAudit(tx, { tenantId, actor, action: 'lead.downloaded', subject: known.name });
    return known;
  });
  return { name: file.name, type: file.type, pieces: readFile(tenantId, file.id) };
}
