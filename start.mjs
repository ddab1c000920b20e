// Runs on any Node from 18 and needs no package: installs what is missing, then runs its arguments under the
// Node 24 that npm brought. package.json: "start": "node start.mjs server/main.ts".
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const windows = process.platform === 'win32';
const project = import.meta.dirname ?? path.dirname(decodeURIComponent(new URL(import.meta.url).pathname));
process.chdir(project);
const stamp = 'node_modules/.installed';
const lock = '.data/install.lock';
const bin = path.resolve('node_modules/.bin');
const brought = path.resolve('node_modules/node/bin', windows ? 'node.exe' : 'node');
let child;
let stopped;
class Failure extends Error {}

// Ctrl-C reaches the child twice, from the terminal and from here: whoever is started here takes that calmly.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    stopped = signal;
    child?.kill(signal);
  });
process.stdout.on('error', () => {}); // a closed pipe is no reason to leave the child alone

try {
  if (Number(process.versions.node.split('.')[0]) < 18)
    fail(`Parley needs Node 18 or newer to begin with, this is ${process.versions.node}.`);
  if (!isInstalled()) await installAlone();
  await run();
} catch (error) {
  console.error(error instanceof Failure ? error.message : error);
  process.exitCode = 1;
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash() && nodeToUse() !== undefined;
}

function lockHash() {
  return createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
}

function nodeToUse() {
  if (existsSync(brought)) return brought;
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : undefined;
}

/** Two first starts at once: one installs, the other waits for it. */
async function installAlone() {
  try {
    mkdirSync('.data', { recursive: true, mode: 0o700 });
    while (!takeLock()) {
      await sleep(300);
      if (stopped) return;
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    fail(installAdvice(`${error.code} ${error.message}`));
  }
  try {
    if (!isInstalled()) await install();
  } finally {
    rmSync(lock, { force: true });
  }
}

async function install() {
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  console.log('Installing packages (once, about a minute) …');
  const args = [
    'ci',
    '--include=dev',
    '--ignore-scripts=false',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const heartbeat = setInterval(() => console.log(`  still installing (${seconds()})`), 20_000);
  let said = '';
  const code = await new Promise((resolve) => {
    child = spawn('npm', args, { stdio: ['ignore', 'pipe', 'pipe'], shell: windows });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        said = `${said}${chunk}`.slice(-20_000);
      });
    child.on('error', (error) => {
      said += `${error.code} ${error.message}`;
      resolve(error.code === 'ENOENT' ? 'missing' : 1);
    });
    child.on('close', resolve);
    if (child.pid) {
      writeLock(`${lock}.npm`, process.pid, child.pid);
      renameIfThere(`${lock}.npm`, lock);
    }
  });
  clearInterval(heartbeat);
  child = undefined;
  if (stopped) return;
  if (code === 'missing')
    fail('npm was not found: install Node.js together with npm (https://nodejs.org), then run this again.');
  if (code !== 0) fail(`${said.trim().split('\n').slice(-12).join('\n')}\n\n${installAdvice(said)}`);
  if (!nodeToUse())
    fail(
      'npm did not bring Node 24 for this system: install Node.js 24 (https://nodejs.org), then run this again.',
    );
  try {
    writeFileSync(stamp, lockHash());
  } catch (error) {
    fail(installAdvice(`${error.code} ${error.message}`));
  }
  console.log(`Packages installed (${seconds()}).`);
}

/** What a person can do about what npm said. */
function installAdvice(said) {
  const advice = [
    [/ENOSPC/, 'The disk is full: free about 2 GB, then run this again.'],
    [
      /EACCES|EPERM|EROFS/,
      `Files could not be written: make ${project} writable for you, then run this again.`,
    ],
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|UNABLE_TO_|CERT_/,
      'npm could not reach its package registry: check the network (or npm’s proxy and registry settings), then run this again.',
    ],
    [
      /EUSAGE|can only install packages when/,
      'package-lock.json does not fit package.json: run `npm install`, then this again.',
    ],
    [/EINTEGRITY/, 'A package came damaged: run `npm cache clean --force`, then this again.'],
  ].find(([sign]) => sign.test(said));
  return advice?.[1] ?? 'npm ci failed: see its words above, then run this again.';
}

/** The lock names the processes that work: this one, and the npm it started, which outlives a kill -9 of this one. */
function takeLock() {
  writeLock(`${lock}.${process.pid}`, process.pid);
  try {
    linkSync(`${lock}.${process.pid}`, lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(`${lock}.${process.pid}`, { force: true });
  }
  const seen = readOr(lock);
  const holders = seen.split(' ').map((holder) => holder.split('@'));
  const living = holders.filter(([pid, mark]) => startMark(pid) === mark);
  if (!seen || living.length > 0) {
    // an npm whose starter was killed would be waited for in vain: nobody is there to say that it is done
    if (seen && !living.includes(holders[0])) endOrphan(Number(living[0]?.[0]));
    return false;
  }
  // Whoever renames it away first removes the dead lock; if a new one was caught instead, it goes back.
  const aside = `${lock}.stale.${process.pid}`;
  renameIfThere(lock, aside);
  if (readOr(aside) !== seen) {
    try {
      linkSync(aside, lock);
    } catch {}
  }
  rmSync(aside, { force: true });
  return false;
}

function endOrphan(pid) {
  try {
    if (pid) process.kill(pid, 'SIGTERM');
  } catch {}
}

function writeLock(file, ...pids) {
  writeFileSync(file, pids.map((pid) => `${pid}@${startMark(pid)}`).join(' '));
}

function renameIfThere(from, to) {
  try {
    renameSync(from, to);
  } catch {}
}

function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** When a process began, so that a pid that came back is not taken for its predecessor. A zombie counts as gone. */
function startMark(pid) {
  if (existsSync('/proc/self/stat')) {
    const fields = statFields(pid);
    return !fields || fields[0] === 'Z' ? 'gone' : String(fields[19]);
  }
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.trim().replaceAll(' ', '_') || 'gone';
}

/** /proc/PID/stat from its third field on (the second may hold spaces). */
function statFields(pid) {
  const stat = readOr(`/proc/${pid}/stat`);
  return stat ? stat.slice(stat.lastIndexOf(')') + 2).split(' ') : undefined;
}

/** Runs the arguments under Node 24. The ipc channel tells the child when this process is gone, even by kill -9. */
async function run() {
  if (stopped) {
    process.exitCode = 130;
    return;
  }
  const launchers = process.env.npm_lifecycle_event ? findLaunchers() : [];
  const env = {
    ...process.env,
    PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`,
    PARLEY_LAUNCHERS: [process.pid, ...launchers].join(','),
  };
  child = spawn(nodeToUse(), process.argv.slice(2), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  const watch = setInterval(() => {
    if (launchers.length && findLaunchers().join() !== launchers.join()) child.kill('SIGTERM');
  }, 300);
  process.exitCode = await new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(
        `Node 24 could not be started (${error.code}): remove node_modules, then run this again.`,
      );
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(signal ? 1 : code));
  });
  clearInterval(watch);
}

/** npm and the shell between it and this process. Whoever kills npm with -9 means all of it. */
function findLaunchers() {
  const beyond = statFields(process.ppid)?.[1];
  const between = /^[^(]*\((sh|dash|bash|ash)\)/.test(readOr(`/proc/${process.ppid}/stat`));
  return between ? [process.ppid, Number(beyond)] : [process.ppid];
}

function fail(message) {
  throw new Failure(message);
}
