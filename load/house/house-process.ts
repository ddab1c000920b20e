import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Trouble } from './trouble.ts';

/** One process of a house that a load runs against, and whatever it starts itself. */
export type HouseProcess = {
  readonly name: string;
  readonly pid: number;
  /** Resolves with the first message of this type; rejects when it ends before. */
  readonly heard: (type: string) => Promise<Record<string, unknown>>;
  /** Says something to it; one that is gone hears nothing. */
  readonly tell: (word: string) => void;
  /** Rejects when it ends; never resolves. */
  readonly untilLost: Promise<never>;
  /** Asks it to leave, and kills it after a while. */
  readonly stop: (patienceMs?: number) => Promise<void>;
};

type Plan = {
  readonly name: string;
  readonly root: string;
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Where its output goes. */
  readonly log: string;
};

/** Starts a Node program that leaves when its parent is gone. */
export function startProcess({ name, root, args, variables, log }: Plan): HouseProcess {
  const file = createWriteStream(log, { flags: 'a', mode: 0o600 });
  const child = spawn(process.execPath, [...args], {
    cwd: root,
    env: { ...variables, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C is for the load tool, which stops the parts in their order.
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      file.write(chunk);
      said = `${said}${chunk}`.slice(-2_000);
    });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  let stopping = false;
  const untilLost = ended.then((how) => {
    file.end();
    if (stopping) return new Promise<never>(() => {});
    throw new Trouble(`${name} ended (${how}):\n${said.trim()}`);
  });
  untilLost.catch(() => {});
  return {
    name,
    pid: child.pid ?? 0,
    untilLost,
    tell: (word) => {
      if (child.connected) child.send(word, () => {});
    },
    heard: (type) => Promise.race([untilLost, message(child, type)]),
    stop: async (patienceMs = 15_000) => {
      stopping = true;
      child.kill('SIGTERM');
      const timer = new AbortController();
      const late = sleep(patienceMs, 'late', { signal: timer.signal }).catch(() => 'ended');
      if ((await Promise.race([ended, late])) === 'late') {
        child.kill('SIGKILL');
        await ended;
      }
      timer.abort();
    },
  };
}

function message(child: ChildProcess, type: string): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    child.on('message', (word) => {
      if (word instanceof Object && 'type' in word && word.type === type)
        resolve(word as Record<string, unknown>);
    });
  });
}
