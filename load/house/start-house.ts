import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { LoadChannel } from '#load/generator/prepare-webhooks.ts';
import { findFreePorts } from './free-ports.ts';
import { type HouseProcess, startProcess } from './house-process.ts';
import { control } from './play-meta.ts';

/** This checkout. */
export const project = path.join(import.meta.dirname, '../..');
/** Where runs keep their data folders and results: on the disk that the product's own data is on. */
export const loadFolder = path.join(project, '.data/load');

export type HousePlan = {
  /** The checkout to run: this one, or another commit's. */
  readonly root: string;
  readonly door: 'ingest' | 'web';
  /** Processes at the door, each with a port of its own. */
  readonly doors: number;
  readonly workers: number;
  readonly meta: boolean;
  readonly botOn: boolean;
  readonly channels: number;
  /** The first of the ports; otherwise somewhere free. */
  readonly firstPort?: number;
  /** For every process of the product. */
  readonly variables: Readonly<Record<string, string>>;
};

/** A product of a load's own, on a data folder of its own. */
export type House = {
  /** Origins of the door's processes. */
  readonly doors: readonly string[];
  /** What its processes at the door are called. */
  readonly doorNames: readonly string[];
  readonly meta: string;
  /** Health and metrics of the workers. */
  readonly watches: readonly string[];
  /** A login that reads every tenant. */
  readonly database: string;
  readonly secret: string;
  readonly channels: readonly LoadChannel[];
  readonly folder: string;
  /** What runs now. PostgreSQL is that of its postmaster. */
  readonly processes: () => { readonly name: string; readonly pid: number }[];
  /** Rejects when one of them ends that was not told to. */
  readonly untilLost: Promise<never>;
  readonly startWorkers: (count: number) => Promise<void>;
  readonly stop: (keepFolder?: boolean) => Promise<void>;
};

type Variables = Record<string, string | undefined>;
type SeededChannel = LoadChannel & { readonly name: string; readonly token: string };

/** Starts PostgreSQL, migrates, sows load channels, starts the roles; resolves when all of it is ready. */
export async function startHouse(plan: HousePlan, say: (what: string) => void = () => {}): Promise<House> {
  mkdirSync(loadFolder, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(path.join(loadFolder, `house-${process.pid}-`));
  mkdirSync(path.join(folder, 'logs'));
  const ports = await findFreePorts(2 + plan.doors + 4, plan.firstPort);
  const [postgresPort = 0, metaPort = 0] = ports;
  const doorPorts = ports.slice(2, 2 + plan.doors);
  const watchPorts = ports.slice(2 + plan.doors);
  const running: HouseProcess[] = [];
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => {});
  const secret = 'load-app-secret';
  const meta = `http://127.0.0.1:${metaPort}`;
  const doorNames = doorPorts.map((_, index) => (index === 0 ? plan.door : `${plan.door}-${index + 1}`));
  const variables: Variables = {
    ...process.env,
    AUTH_SECRET: 'a load signs nobody in, but needs this',
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    META_APP_SECRET: secret,
    META_VERIFY_TOKEN: 'load-verify-token',
    META_WEBHOOK_BASE: `http://127.0.0.1:${doorPorts[0]}`,
    META_PORT: String(metaPort),
    GRAPH_API_URL: meta,
    APP_URL: `http://127.0.0.1:${doorPorts[0]}`,
    NODE_ENV: 'production',
    PARLEY_DATA: folder,
    PARLEY_LAUNCHERS: '',
    ...plan.variables,
    DATABASE_URL: '',
  };

  function start(name: string, args: readonly string[], more: Record<string, string> = {}) {
    const log = path.join(folder, 'logs', `${name}.log`);
    const started = startProcess({ name, root: plan.root, args, variables: { ...variables, ...more }, log });
    running.push(started);
    started.untilLost.catch(lost.reject);
    return started;
  }

  async function startRole(
    name: string,
    role: string,
    origin: string,
    path_: string,
    more: Record<string, string>,
  ) {
    const started = start(name, ['server/main.ts', role], more);
    await Promise.race([started.untilLost, untilAnswers(`${origin}${path_}`)]);
  }

  async function startWorkers(count: number) {
    const wanted = watchPorts.slice(0, count).map((port, index) =>
      startRole(
        index === 0 ? 'worker' : `worker-${index + 1}`,
        'worker',
        `http://127.0.0.1:${port}`,
        '/readyz',
        {
          WORKER_PORT: String(port),
        },
      ),
    );
    await Promise.all(wanted);
  }

  async function stop(keepFolder = false) {
    const postgres = running.filter(({ name }) => name === 'postgres');
    await Promise.all(running.filter(({ name }) => name !== 'postgres').map((one) => one.stop()));
    await Promise.all(postgres.map((one) => one.stop()));
    if (!keepFolder) rmSync(folder, { recursive: true, force: true });
  }

  try {
    say('PostgreSQL');
    const password = 'load-superuser-password';
    const keeper = start('postgres', [
      path.join(import.meta.dirname, 'postgres.ts'),
      ...[plan.root, path.join(folder, 'pg'), String(postgresPort), password],
    ]);
    const { url, pid } = await keeper.heard('ready');
    variables['DATABASE_URL'] = String(url);
    say('migrations');
    await runToEnd(plan.root, ['server/main.ts', 'migrate'], variables);
    say(`${plan.channels} channels`);
    const channels = await seedChannels(plan, variables);
    say('roles');
    if (plan.meta) await startRole('meta', 'meta', meta, '/_sim/numbers', {});
    await Promise.all([
      ...doorPorts.map((port, index) =>
        startRole(doorNames[index] ?? plan.door, plan.door, `http://127.0.0.1:${port}`, '/readyz', {
          PORT: String(port),
        }),
      ),
      startWorkers(plan.workers),
      ...(plan.meta ? [tellMeta(meta, channels)] : []),
    ]);
    return {
      doors: doorPorts.map((port) => `http://127.0.0.1:${port}`),
      doorNames,
      meta,
      watches: watchPorts.map((port) => `http://127.0.0.1:${port}`),
      database: String(url),
      secret,
      channels,
      folder,
      processes: () =>
        running.map(({ name, pid: own }) => ({ name, pid: name === 'postgres' ? Number(pid) : own })),
      untilLost: lost.promise,
      startWorkers,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilAnswers(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(50);
  }
}

async function runToEnd(root: string, args: readonly string[], env: Variables): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...args], {
    cwd: root,
    env: { ...env, NODE_ENV: 'production' },
    maxBuffer: 10_000_000,
  });
  return stdout;
}

/** By the checkout's own program; one that is too old to have it borrows ours. */
async function seedChannels({ root, channels, botOn }: HousePlan, env: Variables) {
  const program = path.join(root, 'prisma/load-tenants.ts');
  if (!existsSync(program)) copyFileSync(path.join(project, 'prisma/load-tenants.ts'), program);
  const said = await runToEnd(root, [program, String(channels), ...(botOn ? ['--bot-on'] : [])], env);
  return JSON.parse(said) as SeededChannel[];
}

async function tellMeta(meta: string, channels: readonly SeededChannel[]) {
  for (const { phoneNumberId, displayPhoneNumber, wabaId, token, name } of channels)
    await control(meta, 'numbers', { phoneNumberId, displayPhoneNumber, wabaId, token, verifiedName: name });
}

/** Removes what a killed run left: data folders and checkouts of processes that live no more. */
export function sweepFolders(): void {
  if (!existsSync(loadFolder)) return;
  for (const name of readdirSync(loadFolder)) {
    const pid = Number(/^(?:house|commit)-(\d+)-/.exec(name)?.[1] ?? 0);
    if (pid && !isLiving(pid)) rmSync(path.join(loadFolder, name), { recursive: true, force: true });
  }
}

function isLiving(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
