import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePorts } from '#load/house/free-ports.ts';
import { type HouseProcess, startProcess } from '#load/house/house-process.ts';
import { loadFolder, project } from '#load/house/load-folder.ts';
import { introduceChannels, seedChannels } from '#load/house/seed-channels.ts';
import { Trouble } from '#load/house/trouble.ts';
import { familyOf, type Process } from '#load/machine/family.ts';
import { platformApp, world } from '#load/meta/world.ts';
import { type Disk, makeDisk } from './disk.ts';
import { type Kept, keep } from './keep.ts';
import type { Line } from './line.ts';
import { startLine } from './start-line.ts';

/** A number that people write to, and what the product should make of it. */
export type Channel = {
  readonly phoneNumberId: string;
  readonly displayPhoneNumber: string;
  readonly wabaId: string;
  readonly tenant: string;
  readonly botOn: boolean;
  /** Of the Meta app that signs, and where its webhooks go. */
  readonly secret: string;
  readonly path: string;
};

/** A whole product as `npm start` runs it, on a disk and behind a database line of its own; and a process of role `ingest`. */
export type Product = {
  /** Origins that take webhooks. */
  readonly doors: readonly string[];
  readonly meta: string;
  /** A superuser's address that does not go through the line. */
  readonly database: string;
  readonly channels: readonly Channel[];
  readonly disk: Disk;
  readonly line: Line;
  /** What runs now, by what it is; the process that keeps several first. */
  readonly web: () => Process[];
  readonly ingest: () => Process[];
  readonly workers: () => Process[];
  readonly simulatedMeta: () => Process[];
  /** The postmaster, then its backends and helpers. */
  readonly postgres: () => Process[];
  /** How often what this tool keeps had to be started again, beyond what the product does by itself. */
  readonly ends: () => { readonly ingest: number; readonly database: number };
  /** Rejects when `npm start` gives up. */
  readonly untilLost: Promise<never>;
  readonly stop: (keepFolder?: boolean) => Promise<void>;
};

/** Of web, ingest and worker each. */
export const processesEach = 2;
const loadTenants = 12;
const password = 'chaos-superuser-password';

/** Starts everything; resolves when all of it is up. `megabytes`: the size of its disk. */
export async function startProduct(
  say: (what: string) => void,
  megabytes: number,
  firstPort?: number,
): Promise<Product> {
  mkdirSync(loadFolder, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(path.join(loadFolder, `chaos-${process.pid}-`));
  const logs = path.join(folder, 'logs');
  mkdirSync(logs);
  const [PORT = 0, META_PORT = 0, linePort = 0, databasePort = 0, ingestPort = 0] = await findFreePorts(
    5,
    firstPort,
  );
  const addressAt = (port: number) => `postgres://postgres:${password}@127.0.0.1:${port}/parley`;
  const disk = makeDisk(path.join(folder, 'disk'), megabytes);
  const dataFolder = path.join(disk.folder, 'product');
  const pg = path.join(disk.folder, 'database/pg');
  const variables: Record<string, string | undefined> = {
    ...process.env,
    PARLEY_DATA: dataFolder,
    PARLEY_LAUNCHERS: '',
    DATABASE_URL: addressAt(linePort),
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    META_APP_SECRET: platformApp.secret,
    META_VERIFY_TOKEN: platformApp.verifyToken,
    PORT: `${PORT}`,
    META_PORT: `${META_PORT}`,
    WEB_PROCESSES: `${processesEach}`,
    WORKER_PROCESSES: `${processesEach}`,
    DB_POOL_SIZE: '5',
  };
  for (const name of ['GRAPH_API_URL', 'META_WEBHOOK_BASE', 'WORKER_PORT']) delete variables[name];
  const plan = (name: string, args: string[], more: Record<string, string> = {}) => ({
    ...{ name, args, root: project, log: path.join(logs, `${name}.log`) },
    variables: { ...variables, ...more },
  });
  let database: Kept | undefined;
  let line: Line | undefined;
  let ingest: Kept | undefined;
  let product: HouseProcess | undefined;

  async function stop(keepFolder = false) {
    await Promise.all([product?.stop(20_000), ingest?.stop()]);
    await line?.close();
    await database?.stop();
    if (keepFolder) return;
    disk.remove();
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    say('PostgreSQL');
    const keeper = path.join(import.meta.dirname, 'database.ts');
    database = keep(plan('database', [keeper, pg, `${databasePort}`, password]));
    line = await startLine(
      plan('line', [path.join(import.meta.dirname, 'line-process.ts'), `${linePort}`, `${databasePort}`]),
    );
    await untilReady(pg, database);
    say('npm start');
    product = startProcess(plan('product', ['server/main.ts']));
    const running = path.join(dataFolder, 'running.json');
    while (!existsSync(running)) await Promise.race([sleep(100), product.untilLost]);
    say('tenants');
    const direct = { ...variables, DATABASE_URL: addressAt(databasePort) };
    const meta = `http://127.0.0.1:${META_PORT}`;
    const seeded = await seedChannels(project, { channels: loadTenants, botOn: true }, direct);
    await introduceChannels(meta, seeded);
    say('ingest');
    ingest = keep(plan('ingest', ['server/main.ts', 'ingest'], { PORT: `${ingestPort}` }));
    const doors = [PORT, ingestPort].map((port) => `http://127.0.0.1:${port}`);
    for (const door of doors) await untilOk(`${door}/readyz`);
    const [held, kept, started, opened] = [ingest, database, product, line];
    const below = (root: number, script: string) =>
      familyOf(root).filter(({ command }) => command.includes(script));
    return {
      ...{ doors, meta, disk, line: opened, stop },
      database: addressAt(databasePort),
      channels: [
        ...seeded.map((one) => ({
          ...{ ...one, tenant: one.name, botOn: true },
          ...{ secret: platformApp.secret, path: platformApp.webhookPath },
        })),
        ...globex(),
      ],
      web: () => below(started.pid, 'server/web.ts'),
      ingest: () => below(held.pid(), 'server/web.ts'),
      workers: () => below(started.pid, 'server/worker.ts'),
      simulatedMeta: () => below(started.pid, 'load/meta/main.ts'),
      postgres: () => {
        const postmaster = postmasterOf(pg);
        return postmaster === undefined ? [] : familyOf(postmaster);
      },
      ends: () => ({ ingest: held.ends(), database: kept.ends() }),
      untilLost: started.untilLost,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The demo's tenant whose bot is off, with its two numbers, one of which has a Meta app of its own. */
function globex(): Channel[] {
  return world.numbers
    .filter(({ verifiedName }) => verifiedName.startsWith('Globex'))
    .flatMap(({ appId, phoneNumberId, displayPhoneNumber, wabaId }) => {
      const app = world.apps.find((one) => one.appId === appId);
      const number = { phoneNumberId, displayPhoneNumber, wabaId, tenant: 'Globex', botOn: false };
      return app ? [{ ...number, secret: app.secret, path: app.webhookPath }] : [];
    });
}

/** By its own file, unless that is of one that is gone. */
function postmasterOf(pg: string): number | undefined {
  const file = path.join(pg, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return familyOf(pid)[0]?.command.includes(pg) ? pid : undefined;
}

async function untilReady(pg: string, { ends }: Kept) {
  const file = path.join(pg, 'postmaster.pid');
  while (!existsSync(file) || readFileSync(file, 'utf8').split('\n')[7]?.trim() !== 'ready') {
    if (ends() > 0) throw new Trouble('PostgreSQL did not start.');
    await sleep(50);
  }
  // Its database is made right after.
  await sleep(500);
}

export async function untilOk(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(100);
  }
}
