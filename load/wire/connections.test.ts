import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Connections, type Ending, openConnections } from './connections.ts';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
const request = Buffer.from('POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n');
let server: Server | undefined;
let connections: Connections | undefined;

afterEach(() => {
  connections?.close();
  server?.close();
});

/** A server that does this with each request it gets; `nth` counts them on their connection. */
async function serve(answer: (socket: Socket, nth: number) => void) {
  server = createServer((socket) => {
    let nth = 0;
    socket.on('data', () => {
      nth += 1;
      answer(socket, nth);
    });
    socket.on('error', () => {});
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  connections = openConnections([{ host: '127.0.0.1', port }], 'newest');
  return connections;
}

const sent = (through: Connections) => new Promise<Ending>((done) => through.send(request, done));

describe('connections', () => {
  test('are used again, and a new one is opened when none is idle', async () => {
    const through = await serve((socket) => setTimeout(() => socket.write(ok), 5));
    await sent(through);
    await Promise.all([sent(through), sent(through)]);
    expect(through.counts()).toMatchObject({ opened: 2, open: 2, busy: 0, replaced: 0 });
  });

  test('take turns when they shall all stay warm', async () => {
    const asked = new Map<Socket, number>();
    await serve((socket, nth) => {
      asked.set(socket, nth);
      socket.write(ok);
    });
    const address = server?.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    connections = openConnections([{ host: '127.0.0.1', port }], 'oldest');
    await Promise.all([sent(connections), sent(connections), sent(connections)]);
    for (let count = 0; count < 6; count += 1) await sent(connections);
    expect([...asked.values()]).toEqual([3, 3, 3]);
  });

  test('that end after an answer are not used again', async () => {
    const through = await serve((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
    );
    await sent(through);
    expect(await sent(through)).toMatchObject({ status: 200 });
    expect(through.counts()).toMatchObject({ opened: 2, open: 0, replaced: 0 });
  });

  test('that turn out to be closed when they are used again are replaced, once', async () => {
    const through = await serve((socket, nth) => (nth === 1 ? socket.write(ok) : socket.destroy()));
    await sent(through);
    expect(await sent(through)).toMatchObject({ status: 200 });
    expect(through.counts()).toMatchObject({ opened: 2, replaced: 1 });
  });

  test('that close before their first answer are a failure', async () => {
    const through = await serve((socket) => socket.end());
    expect(await sent(through)).toEqual({ failure: 'closed without an answer' });
  });

  test('on which something else than HTTP is spoken are a failure', async () => {
    const through = await serve((socket) => socket.write('220 smtp ready\r\n\r\n'));
    expect(await sent(through)).toEqual({ failure: 'unreadable answer' });
  });

  test('are given up when they are silent for too long', async () => {
    const through = await serve(() => {});
    const ending = sent(through);
    through.giveUp(performance.now() + 1);
    expect(await ending).toEqual({ failure: 'timeout' });
    expect(through.counts()).toMatchObject({ open: 0, busy: 0 });
  });

  test('nobody listens', async () => {
    const through = await serve(() => {});
    await new Promise((done) => server?.close(done));
    expect(await sent(through)).toEqual({ failure: 'ECONNREFUSED' });
  });
});
