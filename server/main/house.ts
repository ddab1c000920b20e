import path from 'node:path';
import { openBoundedLog } from './bounded-log.ts';
import { followOutput } from './child-output.ts';
import { StartFailure } from './failure.ts';
import { type Helpers, keepHelpers } from './helper.ts';
import { type CountsKeeper, keepCounts } from './keep-counts.ts';
import type { OpenRecord } from './process-record.ts';
import { say } from './say.ts';
import type { StartPlan } from './start-plan.ts';
import { type SupervisedChild, superviseChild } from './supervised-child.ts';
import { project } from './surroundings.ts';
import { marker } from './take-folder.ts';

export type ChildRole = 'web' | 'worker' | 'meta';

/** Everything that one start keeps running. */
export type House = {
  readonly plan: StartPlan;
  readonly folder: string;
  readonly record: OpenRecord;
  readonly helpers: Helpers;
  readonly children: Map<string, SupervisedChild>;
  /** What web and workers count, as long as this start lives. */
  readonly counts: CountsKeeper;
  /** The address of a login that reads every tenant: the owner's, where that one does. */
  readerUrl: string;
  /** The embedded PostgreSQL's start, under way or done. */
  postgres: Promise<void>;
  /** From the moment on that everything was up, a web process that restarts is told so at once. */
  allReady: boolean;
  stopping: boolean;
  /** Ends everything with that reason. */
  readonly giveUp: (error: unknown) => void;
};

export type Child = { readonly name: string; readonly args: readonly string[] };

export function openHouse(
  plan: StartPlan,
  folder: string,
  record: OpenRecord,
  giveUp: House['giveUp'],
): House {
  const helpers = keepHelpers(record);
  return {
    plan,
    folder,
    record,
    helpers,
    children: new Map(),
    counts: keepCounts(),
    readerUrl: plan.databaseUrl,
    postgres: Promise.resolve(),
    allReady: false,
    stopping: false,
    giveUp,
  };
}

/** Starts a child and resolves when it says for the first time that it is ready. */
export function startChild(house: House, role: ChildRole, { name, args }: Child): Promise<void> {
  if (house.stopping) return new Promise(() => {}); // the start goes no further
  const { plan, folder, record } = house;
  const write = openBoundedLog(path.join(folder, 'logs', `${name}.log`));
  const level = plan.dev ? 30 : 50;
  return new Promise((resolve) => {
    const child = superviseChild(
      {
        name,
        args,
        cwd: project,
        variables: {
          ...plan.variables,
          [marker]: folder,
          ...(role === 'web' && { PARLEY_SUPERVISED: '1' }),
          ...(role === 'meta' && { META_MEMORY: path.join(folder, 'meta.json') }),
        },
        waitsForChange: plan.dev && role === 'worker',
      },
      {
        started(process) {
          record.noteChild(name, process.pid);
          if (role !== 'meta') house.counts.join(process);
          followOutput(process, { write, name, level });
        },
        ready(current) {
          resolve();
          if (house.allReady && role === 'web') current.tell({ type: 'all-ready' });
        },
        ended(pid, how) {
          record.forgetChild(pid);
          if (!house.stopping) say(`${name} ended (${how}).`);
        },
        gaveUp(_name, how) {
          house.giveUp(
            new StartFailure(
              `${name} ends again and again (${how}): see ${path.join(folder, 'logs', name)}.log.`,
            ),
          );
        },
      },
    );
    house.children.set(name, child);
  });
}
