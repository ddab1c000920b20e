import { withTenant } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';

/** A stored file's bytes, a piece at a time. Refuses ("not-found") what is gone or was never whole. */
export async function* readFile(tenantId: string, id: string): AsyncGenerator<Uint8Array> {
  const file = await withTenant(tenantId, ({ db }) =>
    db.storedFile.findFirst({ where: { tenantId, id, complete: true }, select: { size: true } }),
  );
  if (!file) throw gone();
  let read = 0;
  for (let number = 0; read < Number(file.size); number += 1) {
    const piece = await withTenant(tenantId, ({ db }) =>
      db.filePiece.findUnique({
        where: { tenantId_fileId_number: { tenantId, fileId: id, number } },
        select: { bytes: true },
      }),
    );
    if (!piece) throw gone();
    read += piece.bytes.length;
    yield piece.bytes;
  }
}

const gone = () => new Refusal('not-found', 'file-gone', 'This file is not kept any more.');
