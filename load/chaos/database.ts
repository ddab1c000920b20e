import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { project } from '#load/house/load-folder.ts';

// node load/chaos/database.ts FOLDER PORT PASSWORD
// The embedded PostgreSQL as `npm start` keeps it: started again whenever it dies, until this process is told to stop
// or its parent is gone. Ends when the supervisor gives up.
const [folder = '', port = '', password = ''] = process.argv.slice(2);
const main = (file: string) => import(pathToFileURL(path.join(project, 'server/main', file)).href);
const { keepPostgres } = await main('keep-postgres.ts');
const { endCluster } = await main('cluster-processes.ts');

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  await endCluster(folder);
  process.exit(0);
}
for (const wish of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect'] as const)
  process.on(wish, () => void stop());

function giveUp(error: unknown) {
  if (stopping) return;
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
await keepPostgres(
  // A small disk has to hold it, the log of what was written included.
  { folder, port: Number(port), password, settings: { max_wal_size: '128MB', min_wal_size: '32MB' } },
  { isStopping: () => stopping, gaveUp: giveUp },
).catch(giveUp);
process.send?.({ type: 'ready' });
if (!process.connected) await stop();
