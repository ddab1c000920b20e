import path from 'node:path';
import { generate } from '#prisma/generate.ts';
import { readerUrl } from '#prisma/reader-login.ts';
import { banner } from './banner.ts';
import { buildPages, isBuilt } from './build.ts';
import { openDataFolder } from './data-folder.ts';
import { assertUsable } from './database.ts';
import { type House, openHouse, startChild } from './house.ts';
import { keepPostgres } from './keep-postgres.ts';
import { assertPortsFree } from './ports.ts';
import { several } from './run-role.ts';
import { writeRunning } from './running-file.ts';
import { say, seconds, step } from './say.ts';
import { keepSecrets, type Secrets, secretsFile } from './secrets.ts';
import { planStart, type StartPlan } from './start-plan.ts';
import {
  checkComplete,
  checkGiven,
  dataFolderOf,
  launcherPids,
  project,
  readVariables,
} from './surroundings.ts';
import { marker, takeFolder } from './take-folder.ts';
import { workerFlags } from './v8-flags.ts';
import { watchSources } from './watch-sources.ts';

/** Where a start hangs its parts as soon as they exist, so that it can be stopped at any moment. */
export type Holder = { house: House | undefined; readonly giveUp: (error: unknown) => void };

/** Brings everything up: database, migrations, demo world, pages, simulated Meta, worker, web. Throws `StartFailure`. */
export async function startEverything(holder: Holder, dev: boolean): Promise<void> {
  const began = performance.now();
  const variables = readVariables();
  const parsed = checkGiven(variables);
  const folder = dataFolderOf(variables);
  openDataFolder(folder);
  const record = await takeFolder(folder, `http://localhost:${parsed.PORT}`, launcherPids(variables));
  const secrets = keepSecrets(folder);
  const plan = planStart(variables, parsed, { secrets, file: secretsFile(folder) }, dev);
  checkComplete(plan.variables, 'web');
  const house = openHouse(plan, folder, record, holder.giveUp);
  holder.house = house;

  await assertPortsFree(portsOf(plan, parsed.LISTEN_HOST));
  const generated = step('Prisma client generated', generate);
  const built = dev ? generated : generated.then(() => ensureBuilt(house));
  const database = prepareDatabase(house, secrets, generated);
  await Promise.all([startServices(house, database), built, database]);
  await step('Web is up', () => startChild(house, 'web', webChild(plan)));
  if (!house.stopping) announce(house, seconds(began));
}

function portsOf({ ports, metaAddress, embedded }: StartPlan, host: string) {
  return [
    { variable: 'PORT', port: ports.web, host },
    ...(metaAddress ? [{ variable: 'META_PORT', port: ports.meta }] : []),
    ...(embedded ? [{ variable: 'PGPORT', port: ports.postgres }] : []),
  ];
}

async function ensureBuilt(house: House): Promise<void> {
  if (isBuilt()) return;
  const variables = { ...house.plan.variables, [marker]: house.folder };
  await step('Pages built (after changes only, about a minute)', () =>
    buildPages(house.helpers, variables, house.folder),
  );
}

async function prepareDatabase(house: House, secrets: Secrets, generated: Promise<unknown>): Promise<void> {
  const { plan, folder } = house;
  if (plan.embedded) {
    house.postgres = keepPostgres(
      { folder: path.join(folder, 'pg'), port: plan.ports.postgres, password: secrets.postgresPassword },
      { isStopping: () => house.stopping, gaveUp: house.giveUp },
    );
    await step('PostgreSQL is up', () => house.postgres);
  } else if (!(await assertUsable(plan.databaseUrl)).readsAll)
    house.readerUrl = readerUrl(plan.databaseUrl, plan.variables['ENCRYPTION_KEY'] ?? '');
  await generated;
  const variables = { ...plan.variables, [marker]: folder };
  await house.helpers.run({ name: 'prepare', args: ['server/main/prepare-database.ts'], variables });
}

async function startServices(house: House, database: Promise<void>): Promise<void> {
  await database;
  const { plan } = house;
  const workers = Array.from({ length: plan.workerProcesses }, (_, index) => ({
    name: index === 0 ? 'worker' : `worker-${index + 1}`,
    args: [...workerFlags, 'server/worker.ts'],
  }));
  if (plan.metaAddress)
    await step('Simulated Meta is up', () =>
      startChild(house, 'meta', { name: 'meta', args: ['load/meta/main.ts'] }),
    );
  await step('Worker is up', () => Promise.all(workers.map((worker) => startChild(house, 'worker', worker))));
  if (plan.dev)
    watchSources(project, ['server', 'load/model'], () => {
      for (const { name } of workers) house.children.get(name)?.restart();
    });
}

function webChild({ dev, webProcesses }: StartPlan) {
  if (dev) return { name: 'web', args: ['server/web.ts', '--dev'] };
  return { name: 'web', args: several(webProcesses, ['server/web.ts']) };
}

function announce(house: House, took: string): void {
  const { plan, folder } = house;
  house.allReady = true;
  house.children.get('web')?.tell({ type: 'all-ready' });
  writeRunning(folder, {
    web: `http://127.0.0.1:${plan.ports.web}`,
    ...(plan.metaAddress && { meta: plan.metaAddress }),
    database: house.readerUrl,
  });
  say(banner(plan, took, path.relative(process.cwd(), path.join(folder, 'logs'))));
}
