import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP line to the database through which everything of the product goes, and which can be bad. */
export type Line = {
  /** All connections end with a reset. */
  readonly reset: () => void;
  /** New connections are refused until the returned function is called; those that stand are reset. */
  readonly refuse: () => () => void;
  /** Nothing gets through, and nobody is told; at the end of it everything that stood is reset. */
  readonly silence: () => () => void;
  /** What is said arrives, what is answered does not; at the end of it everything that stood is reset. */
  readonly loseAnswers: () => () => void;
  readonly close: () => Promise<void>;
};

type Mood = 'open' | 'refusing' | 'silent' | 'losing answers';

/** Opens a line from a port of this machine to another one. */
export async function openLine(port: number, to: number): Promise<Line> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let mood: Mood = 'open';

  const server = createServer((near) => {
    if (mood === 'refusing') return void near.on('error', () => {}).resetAndDestroy();
    const far = connect({ host: '127.0.0.1', port: to, noDelay: true });
    near.setNoDelay(true);
    const pair = [near, far] as const;
    pairs.add(pair);
    pass(near, far, () => mood !== 'silent');
    pass(far, near, () => mood === 'open');
    for (const socket of pair)
      socket
        .on('error', () => end(pair))
        .on('close', () => {
          if (mood === 'open') end(pair);
        });
  });

  function end(pair: readonly [Socket, Socket]) {
    pairs.delete(pair);
    for (const socket of pair) socket.resetAndDestroy();
  }

  function reset() {
    for (const pair of pairs) end(pair);
  }

  function during(change: Mood) {
    mood = change;
    if (change === 'refusing') reset();
    return () => {
      mood = 'open';
      reset();
    };
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    reset,
    refuse: () => during('refusing'),
    silence: () => during('silent'),
    loseAnswers: () => during('losing answers'),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      reset();
      await closed;
    },
  };
}

function pass(from: Socket, to: Socket, isThrough: () => boolean) {
  from.on('data', (chunk) => {
    if (isThrough() && !to.write(chunk)) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  });
  from.on('end', () => {
    if (isThrough()) to.end();
  });
}
