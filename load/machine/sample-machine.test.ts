import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { listeningSockets } from './find-listeners.ts';
import { busyShare, parseCpuTimes, sampleMachine } from './sample-machine.ts';

const stat = (user: number, idle: number) =>
  `cpu  ${user} 10 20 ${idle} 30 0 5 5 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 1\n`;

test('the share that was busy is told by two looks; waiting for the disk is idle', () => {
  const [before, after] = [parseCpuTimes(stat(100, 1_000)), parseCpuTimes(stat(130, 1_070))];
  expect(before).toEqual({ busy: 140, total: 1_170 });
  expect(before && after && busyShare(before, after)).toBeCloseTo(0.3);
});

test('what is no such table says nothing', () => {
  expect(parseCpuTimes('intr 1\n')).toBeUndefined();
});

test('a machine is sampled', async () => {
  const { syncsPerSecond, idle } = await sampleMachine(tmpdir());
  expect(syncsPerSecond).toBeGreaterThan(0);
  if (process.platform === 'linux') expect(idle).toBeGreaterThanOrEqual(0);
});

test('who listens on a port is found in the kernel’s table', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1
   1: 0100007F:1538 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 4712 1
   2: 0100007F:1539 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1`;
  expect(listeningSockets(table, 0x1538)).toEqual(['4711']);
});
