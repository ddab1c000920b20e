import { spawn } from 'node:child_process';

const running = new Set();

// The terminal's Ctrl-C reaches the programs by itself; the end of start.mjs (a cut channel) does not.
let stopped = false;
for (const wish of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'])
  process.on(wish, () => {
    stopped = true;
    for (const child of running) child.kill('SIGTERM');
  });

/**
 * Runs a Node program to its end. With `quiet` its output is kept and returned, otherwise it goes to the terminal.
 * @returns {Promise<{ok: boolean, output: string, seconds: string}>}
 */
export function runProgram(args, { env = {}, quiet = false } = {}) {
  const began = performance.now();
  let output = '';
  return new Promise((resolve) => {
    const end = (ok) => {
      running.delete(child);
      resolve({ ok, output, seconds: `${((performance.now() - began) / 1000).toFixed(1)} s` });
    };
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => {
      output += error;
      end(false);
    });
    child.once('close', (code) => end(code === 0 && !stopped));
  });
}
