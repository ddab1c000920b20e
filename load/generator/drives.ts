import { startMetronome } from './metronome.ts';

/**
 * Sends the next request. `since`: the moment from which its latency counts, in `performance.now()`; null when it does
 * not count. `after` hears that it has ended.
 */
export type Send = (since: number | null, after?: () => void) => void;

/** Each of so many sends its next request when its last has ended. Resolves when the time is over or nothing is left. */
export async function sendInTurn(
  count: number,
  seconds: number,
  send: Send,
  isLeft: () => boolean,
): Promise<void> {
  const until = performance.now() + seconds * 1000;
  let running = count;
  await new Promise<void>((resolve) => {
    const next = () => {
      const now = performance.now();
      if (now < until && isLeft()) return send(now, next);
      running -= 1;
      if (running === 0 || now >= until) resolve();
    };
    for (let each = 0; each < count; each += 1) next();
  });
}

/** Sends at these moments (milliseconds from now), whatever has ended. `late` hears how late each left. */
export async function sendPlanned(
  moments: Float64Array,
  send: Send,
  late: (ms: number) => void,
): Promise<void> {
  const start = process.hrtime.bigint();
  const elapsed = () => Number(process.hrtime.bigint() - start) / 1e6;
  const began = performance.now() - elapsed();
  await new Promise<void>((resolve) => {
    let next = 0;
    const beat = () => {
      const now = elapsed();
      for (let moment = moments[next]; moment !== undefined && moment <= now; moment = moments[next]) {
        next += 1;
        late(elapsed() - moment);
        send(began + moment);
      }
      if (next < moments.length) return;
      void metronome.stop();
      resolve();
    };
    const metronome = startMetronome(moments, start, beat);
    beat();
  });
}

/** Sends so many at 2,000 a second, and waits for all to end. */
export async function sendEvenly(count: number, send: Send): Promise<void> {
  let [sent, ended] = [0, 0];
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      for (let each = 0; each < 20 && sent < count; each += 1) {
        sent += 1;
        send(null, () => {
          ended += 1;
          if (ended === count) resolve();
        });
      }
      if (sent === count) clearInterval(timer);
    }, 10);
  });
}
