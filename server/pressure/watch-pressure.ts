import { asPlatform } from '#server/db/as-platform.ts';
import { boss } from '#server/jobs/boss.ts';
import { log } from '#server/log.ts';
import { givesWayGauge } from '#server/metrics.ts';
import { type GivesWay, givingWay, holdFor, holdOn, type Signs, whatGivesWay } from './pressure.ts';

const lookEvery = 1_000;

let current: GivesWay[] = [];

/** Whether such work gives way now. */
export const givesWay = (kind: string): boolean => current.some((one) => one === kind);

/** Looks once a second how hard it is, and remembers what gives way. The returned function ends it. */
export function watchPressure(): () => void {
  const hold = holdOn(holdFor);
  let looking = false;
  const look = async () => {
    const found = whatGivesWay(await readSigns());
    const next = hold(found, performance.now());
    if (next.length !== current.length)
      log().warn(
        { givesWay: next, before: current },
        next.length > 0 ? 'too much to do: this gives way' : 'nothing gives way any more',
      );
    current = next;
    for (const { kind } of givingWay) givesWayGauge.set({ what: kind }, next.includes(kind) ? 1 : 0);
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch((error: unknown) => log().debug({ err: error }, 'the pressure could not be read'))
      .finally(() => {
        looking = false;
      });
  }, lookEvery).unref();
  return () => {
    clearInterval(timer);
    current = [];
  };
}

/** What the doors told in the last seconds, and what the queue knows of its oldest turn (at most ten seconds old). */
export async function readSigns(): Promise<Signs> {
  const [told] = await asPlatform(
    ({ db }) => db.$queryRaw<{ commitWait: number | null }[]>`
      select max(wait_ms) as "commitWait" from pressures where at > clock_timestamp() - interval '5 seconds'`,
  );
  const turns = (await (await boss()).getQueues()).find(({ name }) => name === 'take-turns');
  return { commitWait: told?.commitWait ?? 0, turnAge: turns?.readyOldestSeconds ?? 0 };
}
