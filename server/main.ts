import type { ChildProcess } from 'node:child_process';
import { describeFailure } from './main/failure.ts';
import { type Role, roles, runRole } from './main/run-role.ts';
import { say } from './main/say.ts';
import { type Holder, startEverything } from './main/start-everything.ts';
import { stopEverything } from './main/stop-everything.ts';
import { onStopSignals } from './main/stop-signals.ts';

// node server/main.ts            everything (npm start)
// node server/main.ts dev        everything, with hot reload (npm run dev)
// node server/main.ts <role>     one part: web, ingest, worker, meta, migrate, setup, rotate-key
const [what, ...words] = process.argv.slice(2);
const role = roles.find((known) => known === what);
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}); // a closed pipe stops nothing

if (role) runOne(role);
else if (what === undefined || what === 'dev') runAll(what === 'dev');
else {
  console.error(
    `"${what}" is no part of Parley: choose dev, ${roles.join(', ')}, or nothing for everything.`,
  );
  process.exitCode = 1;
}

function runOne(part: Role): void {
  let child: ChildProcess | undefined;
  const pass = (signal: NodeJS.Signals) => {
    if (!child) process.exit(1);
    child.kill(signal);
  };
  onStopSignals(
    () => pass('SIGTERM'),
    () => pass('SIGKILL'),
  );
  const keep = (started: ChildProcess) => {
    child = started;
  };
  runRole(part, words, keep).then(
    (code) => process.exit(code),
    (error) => end(1, error),
  );
}

function runAll(dev: boolean): void {
  const hurry = new AbortController();
  const holder: Holder = { house: undefined, giveUp: (error) => leave(1, error) };
  let leaving = false;

  const leave = (code: number, reason?: unknown) => {
    if (leaving) return;
    leaving = true;
    if (reason !== undefined) console.error(`\n${describeFailure(reason)}`);
    const { house } = holder;
    if (!house) process.exit(code);
    if (code === 0) say('\nStopping …');
    stopEverything(house, hurry.signal).then(
      () => end(code, undefined, code === 0 ? 'Parley has stopped.' : undefined),
      (error) => end(1, error),
    );
  };
  onStopSignals(
    () => leave(0),
    () => hurry.abort(),
  );
  startEverything(holder, dev).catch((error) => leave(1, error));
}

function end(code: number, reason?: unknown, word?: string): void {
  if (reason !== undefined) console.error(describeFailure(reason));
  if (word) say(word);
  process.exit(code);
}
