import { createServer } from 'node:net';
import { Trouble } from './trouble.ts';

// Below those that the system hands out for connections, of which a load opens thousands.
const range = { first: 21_000, last: 31_000 };

/** So many ports that are free one after the other, from `from` on; without it from somewhere in the range. */
export async function findFreePorts(count: number, from?: number): Promise<number[]> {
  let first = from ?? range.first + (process.pid % 900) * 10;
  while (first + count < range.last) {
    const ports = Array.from({ length: count }, (_, offset) => first + offset);
    const free = await Promise.all(ports.map(isFree));
    const taken = free.lastIndexOf(false);
    if (taken < 0) return ports;
    first += taken + 1;
  }
  throw new Trouble(`There are no ${count} free ports from ${from ?? range.first} on.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
