import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** How a line fails: it swallows what is sent, without a word; or it breaks, and says so. */
export type Fault = 'swallows' | 'breaks';

/** A line to a port of this machine that can be cut. Its own port is `port`. */
export async function layLine(to: number) {
  let fault: Fault | undefined;
  const pairs = new Set<{ near: Socket; far: Socket; isLost: boolean }>();
  const server = createServer((near) => {
    if (fault === 'breaks') return void near.resetAndDestroy();
    const pair = { near, far: connect(to, '127.0.0.1'), isLost: false };
    pairs.add(pair);
    const pass = (from: Socket, into: Socket) => {
      from.on('error', () => {});
      from.on('data', (bytes) => fault || pair.isLost || into.write(bytes));
      from.on('close', () => {
        pairs.delete(pair);
        into.destroy();
      });
    };
    pass(near, pair.far);
    pass(pair.far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut(how: Fault) {
      fault = how;
      if (how === 'breaks') for (const { near } of pairs) near.resetAndDestroy();
    },
    /** `forgets`: like a router that has lost what it knew, it passes nothing on connections of before. */
    mend({ forgets = false } = {}) {
      fault = undefined;
      if (forgets) for (const pair of pairs) pair.isLost = true;
    },
    close() {
      server.close();
      for (const { near } of pairs) near.destroy();
    },
  };
}
