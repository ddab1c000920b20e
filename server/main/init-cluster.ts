import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { explainFileFailure, StartFailure } from './failure.ts';
import { asOrdinaryUser } from './ordinary-user.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { say } from './say.ts';
import { syncFolder } from './whole-file.ts';

/**
 * Makes the data folder unless there is one. It is made aside and renamed when it is complete and on the disk, so a
 * start that is killed in between leaves nothing that looks like a data folder.
 */
export async function initCluster(folder: string, password: string, binaries: PostgresBinaries) {
  const parent = path.dirname(folder);
  try {
    mkdirSync(parent, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(parent))
      if (name.startsWith(`${path.basename(folder)}.new-`))
        rmSync(path.join(parent, name), { recursive: true, force: true });
    if (isWhole(folder)) return;
    setAside(folder);
    assertRoom(parent);
    const fresh = `${folder}.new-${process.pid}`;
    mkdirSync(fresh, { mode: 0o700 });
    try {
      await runInitdb(fresh, password, binaries);
      renameSync(path.join(fresh, 'data'), folder);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
    syncFolder(parent);
  } catch (error) {
    throw explainFileFailure(error, parent);
  }
}

/** PostgreSQL begins with 60 MB and soon wants as much again; said before it begins, it is one clear sentence. */
function assertRoom(parent: string): void {
  const { bavail, bsize } = statfsSync(parent);
  if (bavail * bsize < 200_000_000) throw full(parent);
}

function isWhole(folder: string): boolean {
  return existsSync(path.join(folder, 'PG_VERSION')) && existsSync(path.join(folder, 'global', 'pg_control'));
}

/** What is no data folder is in the way, but may still be worth something to somebody: it is never deleted. */
function setAside(folder: string): void {
  if (!existsSync(folder)) return;
  if (readdirSync(folder).length === 0) {
    rmSync(folder, { recursive: true });
    return;
  }
  const aside = `${folder}.incomplete-${Date.now()}`;
  renameSync(folder, aside);
  say(`  ${folder} was no complete data folder; it is now ${aside}.`);
}

function runInitdb(fresh: string, password: string, { initdb }: PostgresBinaries): Promise<void> {
  const passwordFile = path.join(fresh, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const args = [
    ...['-D', path.join(fresh, 'data'), '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
    ...['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
  ];
  const run = asOrdinaryUser(initdb, args, fresh);
  return new Promise((resolve, reject) => {
    const made = spawn(run.command, run.args, { ...run.owner, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [made.stdout, made.stderr])
      stream.on('data', (chunk: Buffer) => {
        said = `${said}${chunk}`.slice(-4000);
      });
    made.once('error', reject);
    made.once('close', (code) => (code === 0 ? resolve() : reject(explainInitdb(said, fresh))));
  });
}

function explainInitdb(said: string, fresh: string): Error {
  if (said.includes('No space left on device')) return full(path.dirname(fresh));
  return new StartFailure(`The database's folder could not be made:\n${said.trim()}`);
}

function full(parent: string): StartFailure {
  return new StartFailure(`The disk is full: free some 200 MB for ${parent}, then start again.`);
}
