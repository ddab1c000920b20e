import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clearPidFile, clusterName, endCluster, isReady } from './cluster-processes.ts';
import { makeDatabase } from './database.ts';
import { DiskFull, StartFailure } from './failure.ts';
import { initCluster } from './init-cluster.ts';
import { asOrdinaryUser, type OwnedCommand } from './ordinary-user.ts';
import { assertPortsFree } from './ports.ts';
import { findPostgresBinaries, hasLibrary } from './postgres-binaries.ts';
import { defaultSettings, type PostgresSettings, settingsAsArguments } from './postgres-settings.ts';

/** PostgreSQL writes its log of changes in pieces of 16 MB. */
const leastRoom = 17_000_000;

export type EmbeddedPostgresOptions = {
  /** The data folder; made at the first start. Its log is beside it, `<folder>/../postgres.log`. */
  readonly folder: string;
  /** On 127.0.0.1. */
  readonly port: number;
  /** Of the superuser `postgres`: letters, digits, `-` and `_`. It is set when the folder is made, and kept. */
  readonly password: string;
  readonly settings?: PostgresSettings;
};

export type EmbeddedPostgres = {
  /** The superuser's address of the database `parley`. */
  readonly url: string;
  readonly pid: number;
  /** When it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Fast shutdown: sessions are cut, the data is written. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts the PostgreSQL that npm brought on this data folder, after whatever an earlier, killed start left of it is
 * gone. It is nobody's child in the terminal's eyes: Ctrl-C does not reach it. Throws `StartFailure`.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = path.resolve(options.folder);
  const binaries = await findPostgresBinaries();
  await endCluster(folder);
  await initCluster(folder, options.password, binaries);
  clearPidFile(folder);
  await assertPortsFree([{ variable: 'PGPORT', port: options.port }]);

  const args = settingsAsArguments({
    ...defaultSettings,
    ...(hasLibrary(binaries, 'pg_stat_statements') && { shared_preload_libraries: 'pg_stat_statements' }),
    ...options.settings,
    port: String(options.port),
    cluster_name: clusterName(folder),
  });
  const log = path.join(path.dirname(folder), 'postgres.log');
  const run = asOrdinaryUser(binaries.postgres, ['-D', folder, ...args], folder);
  shorten(log);
  const begin = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const child = spawnWithLog(run, log);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  await untilReady(child, folder, () => readFileSync(log).subarray(begin).toString().slice(-2000));
  const url = `postgres://postgres:${options.password}@127.0.0.1:${options.port}/parley`;
  try {
    await makeDatabase(url);
  } catch (error) {
    await endCluster(folder);
    throw error;
  }
  return { url, pid: child.pid ?? 0, ended, stop: () => endCluster(folder) };
}

/** The log is bounded: beyond 10 MB it moves to `postgres.log.1` at the next start. */
function shorten(log: string): void {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) < 10_000_000) return;
  rmSync(`${log}.1`, { force: true });
  renameSync(log, `${log}.1`);
}

function spawnWithLog({ command, args, owner }: OwnedCommand, log: string): ChildProcess {
  const handle = openSync(log, 'a', 0o600);
  try {
    const child = spawn(command, args, {
      ...owner,
      stdio: ['ignore', handle, handle],
      detached: true,
      env: { NODE_ENV: 'production', PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C', TZ: 'UTC' },
    });
    child.unref();
    return child;
  } finally {
    closeSync(handle);
  }
}

async function untilReady(child: ChildProcess, folder: string, said: () => string): Promise<void> {
  let lost = false;
  child.once('error', () => {
    lost = true;
  });
  while (!child.pid || !isReady(folder, child.pid)) {
    if (lost || child.exitCode !== null || child.signalCode !== null) throw explain(said(), folder);
    await sleep(15);
  }
}

function explain(said: string, folder: string): StartFailure {
  // On a full disk there may have been no room for the words either.
  if (said.includes('No space left on device') || roomIn(folder) < leastRoom)
    return new DiskFull(
      'PostgreSQL did not start because the disk is full: free some space, then start again.',
    );
  if (said.includes('incompatible with server'))
    return new StartFailure(
      'The data folder was made by another version of PostgreSQL: start with the version of Parley that made it, or move .data/pg away.',
    );
  return new StartFailure(`PostgreSQL did not start:\n${said.trim()}`);
}

function roomIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
