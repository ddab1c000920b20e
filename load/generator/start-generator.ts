import { fork } from 'node:child_process';
import path from 'node:path';
import type { GeneratorJob, GeneratorResult, Tick } from './generate.ts';
import type { Order, Word } from './main.ts';

/** A generator in its own process, with its requests made. */
export type StartedGenerator = {
  readonly pid: number;
  /** Webhooks that are made. */
  readonly prepared: number;
  /** Sends them; the process ends with it. */
  readonly run: (onTick?: (tick: Tick) => void) => Promise<GeneratorResult>;
};

/** Starts a process that makes the requests of this job; resolves when they are made. `stopped` ends it at any time. */
export async function startGenerator(job: GeneratorJob, stopped?: AbortSignal): Promise<StartedGenerator> {
  const child = fork(path.join(import.meta.dirname, 'main.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    ...(stopped && { signal: stopped }),
  });
  let onWord: (word: Word) => void = () => {};
  let onEnd = (_why: Error) => {};
  child.on('message', (word: Word) => onWord(word));
  child.on('error', (error) => onEnd(error));
  child.on('exit', (code, signal) => onEnd(new Error(`the load generator ended (${signal ?? code})`)));
  const order = (given: Order) => child.send(given);

  function until<T>(take: (word: Word) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      onEnd = reject;
      onWord = (word) => {
        if (word.type === 'failed') return reject(new Error(word.why));
        const taken = take(word);
        if (taken !== undefined) resolve(taken);
      };
    });
  }

  try {
    const ready = until((word) => (word.type === 'prepared' ? word : undefined));
    order({ type: 'prepare', job });
    const { webhooks } = await ready;
    return {
      pid: child.pid ?? 0,
      prepared: webhooks,
      run: async (onTick = () => {}) => {
        const done = until((word) => {
          if (word.type === 'tick') onTick(word.tick);
          return word.type === 'done' ? word.result : undefined;
        });
        order({ type: 'go' });
        try {
          return await done;
        } finally {
          child.kill();
        }
      },
    };
  } catch (error) {
    child.kill();
    throw error;
  }
}
