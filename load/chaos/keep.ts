import { setTimeout as sleep } from 'node:timers/promises';
import { type HouseProcess, startProcess } from '#load/house/house-process.ts';

/** A program that whoever runs it in production would start again whenever it ends. */
export type Kept = {
  readonly pid: () => number;
  /** How often it ended by itself. */
  readonly ends: () => number;
  readonly stop: () => Promise<void>;
};

/** Runs it until it is told to stop; started again half a second after its end. */
export function keep(plan: Parameters<typeof startProcess>[0]): Kept {
  let ends = 0;
  let stopping = false;
  let current: HouseProcess = startProcess(plan);
  const kept = guard();

  async function guard() {
    for (;;) {
      await current.untilLost.catch(() => {});
      ends += 1;
      await sleep(500);
      if (stopping) return;
      current = startProcess(plan);
    }
  }

  return {
    pid: () => current.pid,
    ends: () => ends,
    stop: async () => {
      stopping = true;
      kept.catch(() => {});
      await current.stop();
    },
  };
}
