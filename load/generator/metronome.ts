import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

export type Metronome = { readonly stop: () => Promise<unknown> };

type Score = { readonly moments: Float64Array; readonly start: bigint };

/**
 * Calls `beat` at each of these moments (milliseconds after `start`, which `process.hrtime.bigint()` tells), once for
 * several that are due together. Node's timers know only whole milliseconds; a thread that sleeps in `Atomics.wait`
 * wakes within a tenth of one and needs no core for it.
 */
export function startMetronome(moments: Float64Array, start: bigint, beat: () => void): Metronome {
  const thread = new Worker(import.meta.filename, { workerData: { moments, start } satisfies Score });
  thread.on('message', beat);
  return { stop: () => thread.terminate() };
}

if (!isMainThread && parentPort) {
  const { moments, start }: Score = workerData;
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  const now = () => Number(process.hrtime.bigint() - start) / 1e6;
  let told = -1;
  for (const moment of moments) {
    if (moment <= told) continue;
    for (let left = moment - now(); left > 0; left = moment - now()) Atomics.wait(nobody, 0, 0, left);
    told = now();
    parentPort.postMessage(0);
  }
}
