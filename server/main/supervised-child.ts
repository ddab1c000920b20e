import { type ChildProcess, spawn } from 'node:child_process';
import { restartDelay, startDelay } from './restart-policy.ts';

export type ChildPlan = {
  readonly name: string;
  /** For Node: the script and its arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** In development a broken file is no reason to end everything: it waits for the next change instead. */
  readonly waitsForChange?: boolean;
};

export type ChildEvents = {
  readonly started?: (child: ChildProcess) => void;
  /** It said `{type:'ready'}`; also after each restart. */
  readonly ready?: (child: SupervisedChild) => void;
  readonly ended?: (pid: number | undefined, how: string) => void;
  /** It died too often and is not started again. */
  readonly gaveUp?: (name: string, how: string) => void;
};

export type SupervisedChild = {
  readonly name: string;
  readonly tell: (message: object) => void;
  /** Ends it and starts it anew; also after it gave up. */
  readonly restart: () => void;
  /** Asks it to leave; resolves when it is gone. */
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
};

/**
 * Runs a Node process and keeps it running. It has an ipc channel: it says `{type:'ready'}` there when it serves, and
 * has to leave when the channel is cut, because then this process is gone.
 */
export function superviseChild(plan: ChildPlan, events: ChildEvents): SupervisedChild {
  const deaths: number[] = [];
  const failedStarts: number[] = [];
  let wasUp = false;
  let isUp = false;
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let replacing = false;
  let gone = () => {};

  const start = () => {
    timer = undefined;
    isUp = false;
    const current = spawn(process.execPath, [...plan.args], {
      cwd: plan.cwd,
      env: {
        ...plan.variables,
        NODE_ENV: plan.variables['NODE_ENV'] === 'development' ? 'development' : 'production',
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child = current;
    current.on('message', (message) => {
      if (!isReady(message) || child !== current) return;
      wasUp = true;
      isUp = true;
      failedStarts.length = 0;
      events.ready?.(self);
    });
    let over = false;
    const end = (how: string) => {
      if (over) return;
      over = true;
      child = undefined;
      events.ended?.(current.pid, how);
      afterEnd(how);
    };
    current.once('error', (error) => end(error.message));
    current.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
    events.started?.(current);
  };

  const afterEnd = (how: string) => {
    if (stopping) return gone();
    if (replacing) {
      replacing = false;
      return start();
    }
    const delay = delayNow();
    if (delay !== undefined) timer = setTimeout(start, delay);
    else if (!plan.waitsForChange) events.gaveUp?.(plan.name, how);
  };

  const delayNow = () => {
    const now = performance.now();
    const isFailedStart = wasUp && !isUp;
    (isFailedStart ? failedStarts : deaths).push(now);
    return isFailedStart ? startDelay(failedStarts, now) : restartDelay(deaths, now);
  };

  const self: SupervisedChild = {
    name: plan.name,
    tell(message) {
      if (child?.connected) child.send(message, () => {});
    },
    restart() {
      if (stopping) return;
      deaths.length = 0;
      clearTimeout(timer);
      replacing = child !== undefined;
      if (child) child.kill('SIGTERM');
      else start();
    },
    stop() {
      stopping = true;
      clearTimeout(timer);
      if (!child) return Promise.resolve();
      return new Promise((resolve) => {
        gone = resolve;
        child?.kill('SIGTERM');
      });
    },
    kill() {
      child?.kill('SIGKILL');
    },
  };
  start();
  return self;
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}
