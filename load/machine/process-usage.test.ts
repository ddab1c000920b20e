import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { watchUsage } from './process-usage.ts';

test.runIf(process.platform === 'linux')(
  'a process is watched with what it starts, and nobody else',
  async () => {
    // The shell waits; its child burns half a second of CPU and says so.
    const burn =
      'const until = process.cpuUsage().user + 500000; while (process.cpuUsage().user < until); console.log(1)';
    const shell = spawn('sh', ['-c', `"${process.execPath}" -e "${burn}; setTimeout(() => {}, 60000)"; :`], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const watch = watchUsage(() => [{ name: 'shell', pid: shell.pid ?? 0 }]);
      await once(shell.stdout, 'data');
      const { usages } = watch.end();
      expect(usages).toMatchObject([{ name: 'shell' }]);
      expect(usages[0]?.cpu).toBeGreaterThan(0);
      expect(usages[0]?.memoryEnd).toBeGreaterThan(20);
    } finally {
      process.kill(-(shell.pid ?? 0), 'SIGKILL');
    }
  },
);

test.runIf(process.platform === 'linux')('what ends meanwhile has used what it used', async () => {
  const burn = 'const until = process.cpuUsage().user + 300000; while (process.cpuUsage().user < until);';
  const one = `"${process.execPath}" -e "${burn}"`;
  const shell = spawn('sh', ['-c', `${one}; ${one}; echo done; sleep 60`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const began = performance.now();
    const watch = watchUsage(() => [{ name: 'shell', pid: shell.pid ?? 0 }]);
    await once(shell.stdout, 'data');
    const { usages } = watch.end();
    const used = ((usages[0]?.cpu ?? 0) * (performance.now() - began)) / 1000;
    expect(used).toBeGreaterThan(0.55);
  } finally {
    process.kill(-(shell.pid ?? 0), 'SIGKILL');
  }
});
