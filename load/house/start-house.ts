import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadChannel } from '#load/generator/prepare-webhooks.ts';
import type { AgentLogin } from './agent.ts';
import { findFreePorts } from './free-ports.ts';
import { type HouseProcess, startProcess } from './house-process.ts';
import { loadFolder } from './load-folder.ts';
import { runToEnd } from './run-to-end.ts';
import { introduceChannels, seedChannels } from './seed-channels.ts';
import type { Watched } from './watch-product.ts';

export type HousePlan = {
  /** The checkout to run: this one, or another commit's. */
  readonly root: string;
  readonly door: 'ingest' | 'web';
  /** Processes at the door, each with a port of its own. */
  readonly doors: number;
  /** Workers from the start; there may be up to eight later. */
  readonly workers: number;
  readonly meta: boolean;
  readonly botOn: boolean;
  /** Whether some of the tenants have a member who can sign in. */
  readonly agents?: boolean;
  /** Messages a second that each tenant was sold; otherwise more than any run sends. */
  readonly sold?: number;
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
  /** Where each process at the door and each worker that runs tells its metrics, by name. */
  readonly watched: () => readonly Watched[];
  /** A login that reads every tenant. */
  readonly database: string;
  readonly secret: string;
  readonly channels: readonly LoadChannel[];
  /** Those who can sign in. */
  readonly agents: readonly AgentLogin[];
  /** What was started, the topmost process of each. PostgreSQL is that of its postmaster. */
  readonly processes: () => { readonly name: string; readonly pid: number }[];
  /** Rejects when one of them ends that was not told to, or `stopped` was aborted. */
  readonly untilLost: Promise<never>;
  readonly startWorkers: (count: number) => Promise<void>;
  /** Runs another program of the checkout's to its end; answers what it printed. */
  readonly run: (args: readonly string[]) => Promise<string>;
  /** PostgreSQL last. `keepFolder`: data and logs stay. */
  readonly stop: (keepFolder?: boolean) => Promise<void>;
};

const mostWorkers = 8;
const secret = 'load-app-secret';
const originOf = (port: number | undefined) => `http://127.0.0.1:${port}`;

/**
 * Starts PostgreSQL, migrates, sows load channels, starts the roles by `server/main.ts`; resolves when all of it is
 * ready. All of it leaves when this process is gone. Rejects with `Trouble`, or what `stopped` was aborted with.
 */
export async function startHouse(
  plan: HousePlan,
  say: (what: string) => void = () => {},
  stopped?: AbortSignal,
): Promise<House> {
  mkdirSync(loadFolder, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(path.join(loadFolder, `house-${process.pid}-`));
  mkdirSync(path.join(folder, 'logs'));
  const ports = await findFreePorts(2 + plan.doors + mostWorkers, plan.firstPort);
  const [postgresPort, metaPort] = ports;
  const doorPorts = ports.slice(2, 2 + plan.doors);
  const watchPorts = ports.slice(2 + plan.doors);
  const doorNames = doorPorts.map((_, index) => numbered(plan.door, index));
  const meta = originOf(metaPort);
  const variables: Record<string, string | undefined> = {
    ...process.env,
    AUTH_SECRET: 'a load signs nobody in, but needs this',
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    META_APP_SECRET: secret,
    META_VERIFY_TOKEN: 'load-verify-token',
    META_WEBHOOK_BASE: originOf(doorPorts[0]),
    META_PORT: String(metaPort),
    GRAPH_API_URL: meta,
    APP_URL: originOf(doorPorts[0]),
    PARLEY_DATA: folder,
    ...plan.variables,
  };
  const running: HouseProcess[] = [];
  let postmaster = 0;
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => {});
  const abort = () => lost.reject(stopped?.reason);
  stopped?.addEventListener('abort', abort, { once: true });
  if (stopped?.aborted) abort();

  function start(name: string, args: readonly string[], more: Record<string, string> = {}) {
    const log = path.join(folder, 'logs', `${name}.log`);
    const started = startProcess({ name, root: plan.root, args, variables: { ...variables, ...more }, log });
    running.push(started);
    started.untilLost.catch(lost.reject);
    return started;
  }

  /** Starts a role as production does; resolves when it answers at this address. */
  async function startRole(name: string, role: string, answers: string, more: Record<string, string> = {}) {
    start(name, ['server/main.ts', role], more);
    await untilAnswers(answers, lost.promise);
  }

  async function startWorkers(count: number) {
    await Promise.all(
      watchPorts.slice(0, count).map((port, index) =>
        startRole(numbered('worker', index), 'worker', `${originOf(port)}/readyz`, {
          WORKER_PORT: `${port}`,
        }),
      ),
    );
  }

  async function startAll() {
    say('PostgreSQL');
    const [keeper, password] = [path.join(import.meta.dirname, 'postgres.ts'), 'load-superuser-password'];
    const postgres = start('postgres', [
      keeper,
      plan.root,
      path.join(folder, 'pg'),
      `${postgresPort}`,
      password,
    ]);
    const { url, pid } = await postgres.heard('ready');
    postmaster = Number(pid);
    variables['DATABASE_URL'] = String(url);
    say('migrations');
    await runToEnd(plan.root, ['server/main.ts', 'migrate'], variables);
    say(`${plan.channels} channels`);
    const channels = await seedChannels(plan.root, plan, variables);
    say(`${plan.door}, ${plan.workers} workers${plan.meta ? ', simulated Meta' : ''}`);
    await Promise.all([
      ...doorPorts.map((port, index) =>
        startRole(doorNames[index] ?? plan.door, plan.door, `${originOf(port)}/readyz`, { PORT: `${port}` }),
      ),
      startWorkers(plan.workers),
      plan.meta &&
        startRole('meta', 'meta', `${meta}/_sim/health`).then(() => introduceChannels(meta, channels)),
    ]);
    const agents = channels.flatMap(({ agent }) => agent ?? []);
    return { channels, agents, database: String(url) };
  }

  async function stop(keepFolder = false) {
    stopped?.removeEventListener('abort', abort);
    const [front, postgres] = [running.slice(1), running.slice(0, 1)];
    for (const parts of [front, postgres]) await Promise.all(parts.map((part) => part.stop()));
    if (!keepFolder) rmSync(folder, { recursive: true, force: true });
  }

  try {
    const started = await Promise.race([startAll(), lost.promise]);
    return {
      ...started,
      doors: doorPorts.map(originOf),
      ...{ doorNames, meta, secret, startWorkers, stop },
      run: (args) => runToEnd(plan.root, args, variables),
      watches: watchPorts.map(originOf),
      watched: () => [
        ...doorPorts.map((port, index) => ({ name: doorNames[index] ?? plan.door, origin: originOf(port) })),
        ...watchPorts
          .map((port, index) => ({ name: numbered('worker', index), origin: originOf(port) }))
          .filter((watched) => running.some(({ name }) => name === watched.name)),
      ],
      processes: () => running.map(({ name, pid }, index) => ({ name, pid: index === 0 ? postmaster : pid })),
      untilLost: lost.promise,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const numbered = (name: string, index: number) => (index === 0 ? name : `${name}-${index + 1}`);

async function untilAnswers(url: string, lost: Promise<never>): Promise<void> {
  for (;;) {
    const asked = fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    const answer = await Promise.race([asked, lost]);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(50);
  }
}
