import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openLine } from './line.ts';

/** A program that answers each word with its echo, behind a line. */
async function open() {
  const heard: string[] = [];
  const echo = createServer((socket) =>
    socket
      .on('error', () => {})
      .on('data', (word) => {
        heard.push(String(word));
        socket.write(`${word}!`);
      }),
  );
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const port = await freePort();
  const line = await openLine(port, portOf(echo));
  onTestFinished(async () => {
    await line.close();
    echo.close();
  });
  return { line, port, heard };
}

function portOf(server: Server): number {
  const address = server.address();
  return address instanceof Object ? address.port : 0;
}

/** One that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function call(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

async function ask(socket: Socket, word: string): Promise<string> {
  socket.write(word);
  const [answer] = await once(socket, 'data');
  return String(answer);
}

const ending = async (socket: Socket) => {
  const [error] = await once(socket, 'error');
  return error.code;
};

test('a line passes both ways, and ends with a reset', async () => {
  const { line, port } = await open();
  const socket = await call(port);
  expect(await ask(socket, 'hello')).toBe('hello!');
  const ended = ending(socket);
  line.reset();
  expect(await ended).toBe('ECONNRESET');
});

test('a line that refuses lets nobody in until it is over', async () => {
  const { line, port } = await open();
  const over = line.refuse();
  const refused = connect(port, '127.0.0.1');
  expect(await ending(refused)).toBe('ECONNRESET');
  over();
  expect(await ask(await call(port), 'hello')).toBe('hello!');
});

test('what is said into the silence is never heard, and the connection ends after it', async () => {
  const { line, port, heard } = await open();
  const socket = await call(port);
  await ask(socket, 'before');
  const over = line.silence();
  const ended = ending(socket);
  socket.write('during');
  await ask(await call(await lineTo(heard)), 'elsewhere');
  over();
  expect(await ended).toBe('ECONNRESET');
  expect(heard).toEqual(['before', 'elsewhere']);
});

test('when answers are lost, what was said has been heard', async () => {
  const { line, port, heard } = await open();
  const socket = await call(port);
  const over = line.loseAnswers();
  socket.on('data', () => expect.unreachable());
  const ended = ending(socket);
  socket.write('commit');
  await expect.poll(() => heard).toEqual(['commit']);
  over();
  expect(await ended).toBe('ECONNRESET');
});

/** Another program beside it: when that was heard, what was said before it would have been. */
async function lineTo(heard: string[]): Promise<number> {
  const other = createServer((socket) =>
    socket
      .on('error', () => {})
      .on('data', (word) => {
        heard.push(String(word));
        socket.end('yes');
      }),
  );
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  return portOf(other);
}
