import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

/** What the server does with the next letters: takes them, says no for now or for good, or hangs up with the text read. */
type Mood = 'takes' | 'busy' | 'refuses' | 'cuts';

/** A mail server as far as letters need one: it keeps what it took, as it came over the wire. */
export async function startMailServer() {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const state: { mood: Mood } = { mood: 'takes' };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    const say = (line: string) => socket.write(`${line}\r\n`);
    let text: string[] | undefined;
    createInterface({ input: socket }).on('line', (line) => {
      if (text && line !== '.') text.push(line);
      else if (text && state.mood === 'cuts') socket.destroy();
      else if (text) {
        received.push(text.join('\n'));
        text = undefined;
        say('250 kept');
      } else if (/^RCPT/i.test(line) && state.mood === 'busy') say('451 come back later');
      else if (/^RCPT/i.test(line) && state.mood === 'refuses') say('550 no such mailbox');
      else if (/^DATA/i.test(line)) {
        text = [];
        say('354 go on');
      } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
      else say('250 well');
    });
    say('220 ready');
  });
  const port = await freePort();
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    is: (mood: Mood) => {
      state.mood = mood;
    },
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(closed));
    },
  };
}
