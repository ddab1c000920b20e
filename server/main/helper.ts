import { type ChildProcess, spawn } from 'node:child_process';
import { StartFailure } from './failure.ts';
import type { OpenRecord } from './process-record.ts';
import { project, type Variables } from './surroundings.ts';

export type HelperPlan = {
  readonly name: string;
  readonly args: readonly string[];
  readonly variables: Variables;
  /** Where its output goes; without it, to the terminal. */
  readonly write?: (chunk: Buffer) => void;
};

export type Helpers = {
  /** Runs a Node program to its end; a failure carries the last lines of what it said. */
  readonly run: (plan: HelperPlan) => Promise<void>;
  readonly stop: (signal: NodeJS.Signals) => void;
};

/** Programs that run for a while during a start (build, migration): known, so that a stop can end them. */
export function keepHelpers(record: Pick<OpenRecord, 'noteChild' | 'forgetChild'>): Helpers {
  const running = new Set<ChildProcess>();
  let stopping = false;
  return {
    run(plan) {
      if (stopping) return new Promise(() => {}); // the start goes no further
      const child = spawn(process.execPath, [...plan.args], {
        cwd: project,
        env: {
          ...plan.variables,
          NODE_ENV: plan.variables['NODE_ENV'] === 'development' ? 'development' : 'production',
        },
        stdio: ['ignore', plan.write ? 'pipe' : 'inherit', 'pipe', 'ipc'],
      });
      running.add(child);
      record.noteChild(plan.name, child.pid);
      return ended(child, plan).finally(() => {
        running.delete(child);
        record.forgetChild(child.pid);
      });
    },
    stop(signal) {
      stopping = true;
      for (const child of running) child.kill(signal);
    },
  };
}

function ended(child: ChildProcess, { name, write }: HelperPlan): Promise<void> {
  let said = '';
  const keep = (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-6000);
    write?.(chunk);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new StartFailure(said.trim() || `${name} ended by ${signal ?? `exit code ${code}`}.`));
    });
  });
}
