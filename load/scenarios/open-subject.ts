import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkOut } from '#load/house/check-out.ts';
import { project } from '#load/house/load-folder.ts';
import { startHouse } from '#load/house/start-house.ts';
import { commitOf } from '#load/machine/describe-machine.ts';
import { findListeners } from '#load/machine/find-listeners.ts';
import type { Options } from './options.ts';
import type { Scenario } from './scenario.ts';
import type { Subject } from './subject.ts';

const webhookPath = '/api/webhooks/whatsapp';

export async function openSubject(
  options: Options,
  scenario: Scenario,
  say: (what: string) => void,
  stopped: AbortSignal,
): Promise<Subject> {
  return options.target ? openTarget(options, options.target) : openHouse(options, scenario, say, stopped);
}

async function openHouse(
  options: Options,
  scenario: Scenario,
  say: (what: string) => void,
  stopped: AbortSignal,
): Promise<Subject> {
  const needs = scenario.needs(options);
  const { bot, workers, meta, channels = 100, door = 'ingest', agents = false, sold } = needs;
  const checkout = options.commit ? await checkOut(options.commit, say) : undefined;
  try {
    const house = await startHouse(
      {
        root: checkout?.root ?? project,
        ...{ door: options.door ?? door, doors: options.doors, meta, botOn: bot, agents },
        ...(sold !== undefined && { sold }),
        channels: options.channels ?? channels,
        workers: workers > 0 ? (options.workers ?? workers) : 0,
        ...(options.port && { firstPort: options.port }),
        variables: options.variables,
      },
      (what) => say(`starting: ${what}`),
      stopped,
    );
    return {
      house,
      origins: house.doors,
      path: webhookPath,
      ...{ secret: house.secret, channels: house.channels, database: house.database },
      commit: commitOf(checkout?.root ?? project),
      processes: house.processes,
      isWhole: true,
      close: async () => {
        await house.stop(options.keep);
        await checkout?.remove();
      },
    };
  } catch (error) {
    await checkout?.remove();
    throw error;
  }
}

/** The demo's globex, whose bot is off, unless other numbers are named. */
function openTarget(options: Options, target: string): Subject {
  const { origin, pathname } = new URL(target);
  const database = options.database ?? databaseOf(target);
  const processes = [
    ...findListeners(portOf(target)).map((pid) => ({ name: 'target', pid })),
    ...(database ? findListeners(portOf(database, 5432)) : []).map((pid) => ({ name: 'postgres', pid })),
  ];
  const numbers = options.numbers.length > 0 ? options.numbers : ['106540352242923'];
  return {
    house: undefined,
    origins: [origin],
    path: pathname === '/' ? webhookPath : pathname,
    secret: options.secret ?? 'demo-app-secret',
    channels: numbers.map((phoneNumberId) => ({
      phoneNumberId,
      displayPhoneNumber: phoneNumberId,
      wabaId: phoneNumberId,
    })),
    database,
    commit: null,
    processes: () => processes,
    isWhole: ['target', 'postgres'].every((part) => processes.some(({ name }) => name === part)),
    close: async () => {},
  };
}

const portOf = (url: string, otherwise = 80) => Number(new URL(url).port || otherwise);

/** Where the Parley that `npm start` runs in this checkout keeps its rows, if it is the one that is meant. */
function databaseOf(target: string): string | undefined {
  const file = path.join(project, '.data/running.json');
  if (!existsSync(file)) return undefined;
  const { web, database } = JSON.parse(readFileSync(file, 'utf8')) as { web: string; database: string };
  return portOf(web) === portOf(target) ? database : undefined;
}
