import type { IncomingMessage, ServerResponse } from 'node:http';

/** What changed, as a listener of `/_sim/events` is told; chats as `{phone_number_id, with}`. */
type Topic = 'wire' | 'people' | 'numbers' | 'behaviour' | 'rules' | 'reset';

/** Tells those who listen that there is something new to fetch. Says what, never the thing itself. */
export type Changes = {
  note(topic: Topic): void;
  noteChat(phoneNumberId: string, address: string): void;
  listen(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
};

const gatherMs = 80;
/** Whoever hears nothing for longer knows that the line is dead. */
const beatMs = 1_000;
const chatLimit = 100;
/** Who does not read what is said is hung up on, and comes back by itself. */
const backlogBytes = 1024 * 1024;

export function createChanges(): Changes {
  const listeners = new Set<ServerResponse>();
  const topics = new Set<Topic>();
  const chats = new Map<string, { phone_number_id: string; with: string }>();
  let more = false;
  let timer: NodeJS.Timeout | undefined;
  const beating = setInterval(() => say('event: beat\ndata:\n\n'), beatMs).unref();

  function say(lines: string) {
    for (const listener of listeners) {
      if (listener.writableLength > backlogBytes) listener.destroy();
      else listener.write(lines);
    }
  }

  function schedule() {
    timer ??= setTimeout(tell, gatherMs).unref();
  }

  function tell() {
    timer = undefined;
    const changed = [...topics, ...(chats.size > 0 ? ['chats'] : [])];
    const news = { changed, chats: [...chats.values()], ...(more && { more }) };
    topics.clear();
    chats.clear();
    more = false;
    say(`data: ${JSON.stringify(news)}\n\n`);
  }

  return {
    note: (topic) => {
      if (listeners.size === 0) return;
      topics.add(topic);
      schedule();
    },
    noteChat: (phoneNumberId, address) => {
      if (listeners.size === 0) return;
      if (chats.size < chatLimit) {
        chats.set(`${phoneNumberId} ${address}`, { phone_number_id: phoneNumberId, with: address });
      } else more = true;
      schedule();
    },
    listen: (request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 1000\ndata: {"changed":[],"chats":[]}\n\n');
      listeners.add(response);
      request.on('close', () => listeners.delete(response));
      response.on('close', () => listeners.delete(response));
      response.on('error', () => listeners.delete(response));
    },
    close: () => {
      clearInterval(beating);
      clearTimeout(timer);
      for (const listener of listeners) listener.end();
    },
  };
}
