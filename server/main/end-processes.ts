import { setTimeout as sleep } from 'node:timers/promises';
import { isLiving, type ProcessRef } from './process-table.ts';

export type EndingStep = { readonly signal: NodeJS.Signals; readonly patienceMs: number };

/** Asks first, then kills. */
export const politely: readonly EndingStep[] = [
  { signal: 'SIGTERM', patienceMs: 4000 },
  { signal: 'SIGKILL', patienceMs: 3000 },
];

/** Ends these processes, step by step as far as needed, and returns those that would not go. */
export async function endProcesses(
  processes: readonly ProcessRef[],
  steps: readonly EndingStep[] = politely,
): Promise<ProcessRef[]> {
  for (const { signal, patienceMs } of steps) {
    for (const ref of processes) send(ref, signal);
    const until = performance.now() + patienceMs;
    while (processes.some(isLiving) && performance.now() < until) await sleep(20);
    if (!processes.some(isLiving)) break;
  }
  return processes.filter(isLiving);
}

/** Signals only the process that is meant, never a stranger that got its pid. */
export function send(ref: ProcessRef, signal: NodeJS.Signals): void {
  if (!isLiving(ref)) return;
  try {
    process.kill(ref.pid, signal);
  } catch {
    // it left in between, or belongs to somebody else: either way not ours to end
  }
}
