import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { deleteFile } from './delete-file.ts';

// Bytes of a row: large enough for speed, small enough that a file never lies in memory as a whole.
const pieceSize = 256 * 1024;
const mostBytes = 200 * 1024 * 1024;

export type NewFile = {
  name: string;
  /** Its media type. */
  type: string;
  /** When it is swept away. */
  expiresAt: Date;
};

/**
 * Keeps bytes as they come, a piece at a time, each committed alone. Refuses ("bad-input") what is longer than 200 MB.
 * Where the bytes end early with an error nothing of them stays.
 */
export async function storeFile(
  tenantId: string,
  { name, type, expiresAt }: NewFile,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ id: string; size: number }> {
  const id = newId();
  await withTenant(tenantId, ({ db }) =>
    db.storedFile.create({ data: { tenantId, id, name, type, expiresAt }, select: { id: true } }),
  );
  try {
    let [size, number] = [0, 0];
    for await (const piece of pieces(bytes)) {
      size += piece.length;
      if (size > mostBytes) throw tooLarge();
      await withTenant(
        tenantId,
        ({ db }) => db.$executeRaw`
        insert into file_pieces (tenant_id, file_id, number, bytes)
        values (${tenantId}::uuid, ${id}::uuid, ${number}, ${piece})`,
      );
      number += 1;
    }
    await withTenant(tenantId, ({ db }) =>
      db.storedFile.update({
        where: { tenantId_id: { tenantId, id } },
        data: { size, complete: true },
        select: { id: true },
      }),
    );
    return { id, size };
  } catch (error) {
    await withTenant(tenantId, (tx) => deleteFile(tx, id));
    throw error;
  }
}

const tooLarge = () =>
  new Refusal('bad-input', 'too-large', 'The file is larger than 200 MB. Split it into smaller ones.');

async function* pieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let piece = new Uint8Array(pieceSize);
  let filled = 0;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + pieceSize - filled);
      piece.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < pieceSize) continue;
      yield piece;
      [piece, filled] = [new Uint8Array(pieceSize), 0];
    }
  }
  if (filled > 0) yield piece.slice(0, filled);
}
