import { createReadStream } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asPlatform } from '#server/db/as-platform.ts';
import { disconnect } from '#server/db/client.ts';
import { newId } from '#server/db/id.ts';
import { onKnown } from '#server/imports/columns.ts';
import { runImport } from '#server/imports/direct-import.ts';
import { type ImportRecord, readImport, type State } from '#server/imports/import-record.ts';
import { startImport } from '#server/imports/start-import.ts';
import { stopBoss } from '#server/jobs/boss.ts';

// node prisma/load-import.ts <tenant's slug> <file> <full|gentle> <fill|overwrite|leave>
// Imports a file as a page does: keeps it, waits for the check, runs it, waits for its end. A worker has to be there.
// Tells as JSON what came of it, and how long each part took in seconds.

const [slug = '', file = '', pace, known] = process.argv.slice(2);
const { id: tenantId } = await asPlatform(({ db }) => db.tenant.findUniqueOrThrow({ where: { slug } }));
const began = Date.now();
const { id } = await startImport(
  tenantId,
  { userId: newId(), name: 'Load', address: null, device: null },
  { name: path.basename(file), bytes: createReadStream(file) },
);
const kept = Date.now();
const checked = await until('checked');
const looked = Date.now();
await runImport(tenantId, {
  ...{ id, onKnown: onKnown.parse(known), label: null },
  pace: pace === 'gentle' ? 'gentle' : 'full',
});
const finished = await until('finished');
const { lines, created, updated, unchanged, doubled, refused, startedAt, finishedAt } = finished;
console.log(
  JSON.stringify({
    ...{ lines, created, updated, unchanged, doubled, refused, foundRefused: checked.refused },
    seconds: {
      keep: (kept - began) / 1000,
      check: (looked - kept) / 1000,
      run: (Number(finishedAt) - Number(startedAt)) / 1000,
    },
  }),
);
await stopBoss();
await disconnect();

async function until(state: State): Promise<ImportRecord> {
  for (;;) {
    const record = await readImport(tenantId, id);
    if (record?.state === state) return record;
    if (!record || record.state === 'failed' || record.state === 'choosing')
      throw new Error(`the import ended as ${record?.state}: ${record?.failure ?? record?.format.question}`);
    await sleep(100);
  }
}
