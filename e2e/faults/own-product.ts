import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { project, running } from '#e2e/product.ts';

/** A product of a test's own, whose processes it may kill. */
export type OwnProduct = {
  web: string;
  meta: string;
  database: string;
  kill: (name: 'web' | 'worker' | 'postgres') => void;
  stop: () => Promise<void>;
};

/** Starts everything on its own ports and data, as `npm start` does, and resolves when all of it is up. */
export async function startOwnProduct(name: string, firstPort: number): Promise<OwnProduct> {
  const folder = path.join(project, '.data', name);
  rmSync(folder, { recursive: true, force: true });
  const [PORT, META_PORT, PGPORT] = [firstPort, firstPort + 1, firstPort + 2].map(String);
  const output: string[] = [];
  const product = spawn(process.execPath, ['server/main.ts'], {
    cwd: project,
    env: { ...process.env, PARLEY_DATA: folder, PORT, META_PORT, PGPORT },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [product.stdout, product.stderr])
    stream?.on('data', (chunk) => output.push(String(chunk)));
  while (!existsSync(path.join(folder, 'running.json'))) {
    if (product.exitCode !== null) throw new Error(`the product did not start:\n${output.join('')}`);
    await sleep(100);
  }
  return {
    ...running(folder),
    kill: (role) => process.kill(pidOf(folder, role), 'SIGKILL'),
    stop: () => stop(product, folder),
  };
}

/** By the product's own record, so that nothing of anybody else's is ever hit. */
function pidOf(folder: string, role: string): number {
  if (role === 'postgres')
    return Number(readFileSync(path.join(folder, 'pg/postmaster.pid'), 'utf8').split('\n')[0]);
  const { children } = JSON.parse(readFileSync(path.join(folder, 'processes.json'), 'utf8'));
  const child = children.findLast((one: { name: string }) => one.name.startsWith(role));
  if (!child) throw new Error(`no ${role} is running`);
  return child.pid;
}

async function stop(product: ChildProcess, folder: string) {
  if (product.exitCode === null) {
    const ended = new Promise((resolve) => product.once('exit', resolve));
    product.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
