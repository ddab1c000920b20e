import path from 'node:path';
import { pathToFileURL } from 'node:url';

// node load/house/postgres.ts ROOT FOLDER PORT PASSWORD
// The embedded PostgreSQL of the Parley in ROOT, as its own start would run it, until this process is told to stop or
// its parent is gone; by hand it prints the address. ROOT may be another commit, so its supervisor is found by path.
type Postgres = {
  readonly url: string;
  readonly pid: number;
  readonly ended: Promise<void>;
  stop: () => Promise<void>;
};

const [root = '', folder = '', port = '', password = ''] = process.argv.slice(2);
const starting = begin();
let stopping = false;
// Told to stop while it starts, it stops when it has started: half a start would leave a server behind.
for (const wish of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect'] as const)
  process.on(wish, () => void stop());

const postgres = await starting;
void postgres.ended.then(() => {
  if (!stopping) process.exit(1);
});
if (process.send) process.send({ type: 'ready', url: postgres.url, pid: postgres.pid }, () => undefined);
else console.log(postgres.url);

async function begin(): Promise<Postgres> {
  const supervisor = pathToFileURL(path.join(root, 'server/main/embedded-postgres.ts')).href;
  const { startEmbeddedPostgres } = await import(supervisor);
  return startEmbeddedPostgres({ folder, port: Number(port), password });
}

async function stop() {
  if (stopping) return;
  stopping = true;
  await starting.then(
    (started) => started.stop(),
    () => undefined,
  );
  process.exit(0);
}
