import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant } from '#server/testing/factories.ts';
import { readFile } from './read-file.ts';
import { storeFile } from './store-file.ts';
import { sweepFiles } from './sweep-files.ts';

const { owner } = testDatabase();
let tenantId: string;
let other: string;
beforeAll(async () => {
  [tenantId, other] = [(await makeTenant()).id, (await makeTenant()).id];
});

const file = (expiresAt = new Date(Date.now() + 60_000)) => ({ name: 'a.csv', type: 'text/csv', expiresAt });
async function* some(...parts: Uint8Array[]) {
  yield* parts;
}
async function all(pieces: AsyncIterable<Uint8Array>) {
  const read: Uint8Array[] = [];
  for await (const piece of pieces) read.push(piece);
  return read;
}
const count = async (table: string) =>
  Number((await owner.query(`select count(*) from ${table}`)).rows[0].count);

test('a file comes back as it came, whatever its chunks, and to nobody else', async () => {
  const bytes = Buffer.alloc(2_500_000, 'abcdefg');
  const { id, size } = await storeFile(tenantId, file(), some(bytes.subarray(0, 7), bytes.subarray(7)));
  expect(size).toBe(bytes.length);
  const read = await all(readFile(tenantId, id));
  expect(read.length).toBe(10);
  expect(Buffer.concat(read).equals(bytes)).toBe(true);
  await expect(all(readFile(other, id))).rejects.toThrow('not kept any more');
});

test('of a file that breaks off or is too large nothing stays', async () => {
  const before = [await count('files'), await count('file_pieces')];
  async function* broken() {
    yield Buffer.alloc(1_100_000);
    throw new Error('the line broke');
  }
  await expect(storeFile(tenantId, file(), broken())).rejects.toThrow('the line broke');
  expect([await count('files'), await count('file_pieces')]).toEqual(before);
});

test('a file whose time is over is swept away', async () => {
  const { id } = await storeFile(tenantId, file(new Date(Date.now() - 1)), some(Buffer.from('x')));
  await sweepFiles();
  await expect(all(readFile(tenantId, id))).rejects.toThrow('not kept any more');
});
