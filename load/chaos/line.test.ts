import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
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
  const address = echo.address();
  const line = await openLine(0, address instanceof Object ? address.port : 0);
  onTestFinished(async () => {
    await line.close();
    echo.close();
  });
  return { line, heard };
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
  const { line } = await open();
  const socket = await call(line.port);
  expect(await ask(socket, 'hello')).toBe('hello!');
  const ended = ending(socket);
  line.reset();
  expect(await ended).toBe('ECONNRESET');
});

test('a line that refuses lets nobody in until it is over', async () => {
  const { line } = await open();
  const over = line.refuse();
  const refused = connect(line.port, '127.0.0.1');
  expect(await ending(refused)).toBe('ECONNRESET');
  over();
  expect(await ask(await call(line.port), 'hello')).toBe('hello!');
});

test('what is said into the silence is never heard, and the connection ends after it', async () => {
  const { line, heard } = await open();
  const socket = await call(line.port);
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
  const { line, heard } = await open();
  const socket = await call(line.port);
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
  const address = other.address();
  return address instanceof Object ? address.port : 0;
}
