import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { showLine } from './log-line.ts';
import { say } from './say.ts';

export type OutputPlan = {
  readonly write: (chunk: string) => void;
  readonly name: string;
  /** The lowest level that the terminal shows; the file gets everything. */
  readonly level: number;
};

const shownAMinute = 20;

/** Keeps what a child says in its log file and shows on the terminal what a person has to know. */
export function followOutput(child: ChildProcess, plan: OutputPlan): void {
  const show = throttle(plan.name);
  follow(child.stdout, plan, plan.level <= 30, show);
  follow(child.stderr, plan, true, show);
}

function follow(
  stream: Readable | null,
  { write, level }: OutputPlan,
  plain: boolean,
  show: (line: string) => void,
): void {
  if (!stream) return;
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
    write(`${line}\n`);
    const shown = showLine(line, level, plain);
    if (shown !== undefined) show(shown);
  });
}

/** A broken process must not flood the terminal. */
function throttle(name: string): (line: string) => void {
  let since = 0;
  let count = 0;
  return (line) => {
    const now = performance.now();
    if (now - since > 60_000) {
      since = now;
      count = 0;
    }
    count += 1;
    if (count <= shownAMinute) say(`${name}: ${line}`);
    if (count === shownAMinute + 1) say(`${name}: … more of it in its log file`);
  };
}
