import type { UserActor } from '#server/audit/record-audit.ts';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { storeFile } from '#server/storage/store-file.ts';

// Long enough to come back to a check another day; the ledger stays.
const keptFor = 7 * 24 * 3600 * 1000;

/** Keeps the file and begins to read it; answers the import's id. Refuses what is larger than 200 MB. */
export async function startImport(
  tenantId: string,
  actor: UserActor,
  { name, bytes }: { name: string; bytes: AsyncIterable<Uint8Array> },
): Promise<{ id: string }> {
  const fileName = name.replaceAll('\0', '').toWellFormed().trim().slice(0, 200) || 'list.csv';
  const expiresAt = new Date(Date.now() + keptFor);
  const file = await storeFile(
    tenantId,
    { name: fileName, type: 'application/octet-stream', expiresAt },
    bytes,
  );
  const id = newId();
  await withTenant(tenantId, async (tx) => {
    await tx.db.import.create({
      data: {
        ...{ tenantId, id, userId: actor.userId, userName: actor.name, fileId: file.id },
        ...{ fileName, fileSize: file.size, state: 'reading' },
      },
      select: { id: true },
    });
    await enqueue(tx, 'import', [{ tenantId, importId: id }]);
  });
  return { id };
}
