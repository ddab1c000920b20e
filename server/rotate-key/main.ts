import pg from 'pg';
import { disconnect } from '#server/db/client.ts';
import { demandSettings, env } from '#server/env.ts';
import { assertUsable } from '#server/main/database.ts';
import { StartFailure } from '#server/main/failure.ts';
import { Refusal } from '#server/refusal.ts';
import { rotateKey } from './rotate-key.ts';

// npm run rotate-key: another encryption key, while everything runs.
demandSettings('rotate-key');
process.on('disconnect', () => process.exit(1));
const owner = new pg.Client({ connectionString: env().DATABASE_URL, connectionTimeoutMillis: 10_000 });
owner.on('error', () => {}); // told by the query that was under way
try {
  await assertUsable(env().DATABASE_URL);
  await owner.connect();
  await rotateKey(owner, (line) => console.log(line));
  await owner.end();
  await disconnect();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Refusal || error instanceof StartFailure ? error.message : error);
  process.exit(1);
}
