import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { asPlatform } from './as-platform.ts';

const { url } = testDatabase();
const ready = Buffer.from('Z\0\0\0\x05I', 'latin1');
let hasDied = false;

/** A line to the database. At first it says in one breath that a new connection is ready and that the server has died. */
const line = createServer((near) => {
  const { hostname, port } = new URL(url);
  const far = connect(Number(port), hostname);
  for (const socket of [near, far])
    socket
      .on('error', () => {})
      .on('close', () => {
        near.destroy();
        far.destroy();
      });
  near.on('data', (chunk) => far.write(chunk));
  far.on('data', (chunk) => {
    if (hasDied || !chunk.subarray(-ready.length).equals(ready)) return near.write(chunk);
    hasDied = true;
    return near.end(
      Buffer.concat([chunk, fatal('57P01', 'terminating connection due to unexpected postmaster exit')]),
    );
  });
});

function fatal(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`, 'latin1');
  const head = Buffer.from('E\0\0\0\0', 'latin1');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

beforeAll(async () => {
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  const address = line.address();
  const through = new URL(url);
  through.port = String(address instanceof Object ? address.port : '');
  process.env['DATABASE_URL'] = through.toString();
});
afterAll(() => void line.close());

// Nobody listens to a connection between the pool and whoever asked for it: its error would end the process.
test('a server that dies as it hands out a connection fails one transaction, and the next is well', async () => {
  const ask = () => asPlatform(({ db }) => db.$queryRaw`select 42 as answer`);
  await expect(ask()).rejects.toThrow();
  expect(hasDied).toBe(true);
  expect(await ask()).toEqual([{ answer: 42 }]);
});
