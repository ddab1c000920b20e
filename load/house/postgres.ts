import path from 'node:path';
import { pathToFileURL } from 'node:url';

// node load/house/postgres.ts ROOT FOLDER PORT PASSWORD
// The embedded PostgreSQL of the Parley in ROOT, as its own start would run it, until this process is told to stop or
// its parent is gone; by hand it prints the address. ROOT may be another commit, so its supervisor is found by path.
const [root = '', folder = '', port = '', password = ''] = process.argv.slice(2);
const { startEmbeddedPostgres } = await import(
  pathToFileURL(path.join(root, 'server/main/embedded-postgres.ts')).href
);
const postgres = await startEmbeddedPostgres({ folder, port: Number(port), password });
let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  await postgres.stop();
  process.exit(0);
}
for (const wish of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect'] as const)
  process.on(wish, () => void stop());
postgres.ended.then(() => {
  if (!stopping) process.exit(1);
});
if (!process.send) console.log(postgres.url);
else if (process.connected) process.send({ type: 'ready', url: postgres.url, pid: postgres.pid });
else await stop();
