import { connect, type Socket } from 'node:net';
import { type Answer, createResponseReader, type ResponseReader } from './response-reader.ts';

/** How one request ended: what was answered, or why there was no answer. */
export type Ending = Answer | { readonly failure: string };

export type Connections = {
  /**
   * Writes a request on an idle connection, or on a new one when none is idle. `ended` hears of it once. A connection
   * that was used before and turns out to be closed by the other end is replaced once, as every HTTP client does.
   */
  readonly send: (request: Buffer, ended: (ending: Ending) => void) => void;
  /** The same, always on a new connection. */
  readonly sendOnNew: Connections['send'];
  readonly counts: () => ConnectionCounts;
  /** Fails what has waited for an answer since before that moment. */
  readonly giveUp: (sentBefore: number) => void;
  readonly close: () => void;
};

export type ConnectionCounts = {
  readonly opened: number;
  readonly open: number;
  readonly busy: number;
  /** Closed by the other end while nothing was under way. */
  readonly closedIdle: number;
  readonly replaced: number;
};

export type Address = { readonly host: string; readonly port: number };

type Task = {
  readonly request: Buffer;
  readonly ended: (ending: Ending) => void;
  readonly since: number;
  tries: number;
};

type Connection = {
  readonly socket: Socket;
  readonly reader: ResponseReader;
  task: Task | undefined;
  answered: number;
  over: boolean;
};

/** `newest`: the connection that became idle last is used next, so that few stay warm. `oldest`: all take turns. */
export type ConnectionOrder = 'newest' | 'oldest';

// An answer without a body has some 200 bytes.
const readBytes = 2_048;

/** Raw connections to one or several processes, which take turns in getting new ones. */
export function openConnections(addresses: readonly Address[], order: ConnectionOrder): Connections {
  const all = new Set<Connection>();
  const idle: Connection[] = [];
  let firstIdle = 0;
  let [opened, busy, closedIdle, replaced] = [0, 0, 0, 0];

  function send(request: Buffer, ended: (ending: Ending) => void) {
    start({ request, ended, since: performance.now(), tries: 0 }, takeIdle() ?? open());
  }

  function sendOnNew(request: Buffer, ended: (ending: Ending) => void) {
    start({ request, ended, since: performance.now(), tries: 0 }, open());
  }

  function start(task: Task, connection: Connection) {
    task.tries += 1;
    connection.task = task;
    busy += 1;
    connection.socket.write(task.request);
  }

  function takeIdle(): Connection | undefined {
    for (;;) {
      const connection = order === 'newest' ? idle.pop() : idle[firstIdle];
      if (order === 'oldest' && connection) {
        firstIdle += 1;
        if (firstIdle > 4_096) {
          idle.splice(0, firstIdle);
          firstIdle = 0;
        }
      }
      if (!connection?.over) return connection;
    }
  }

  function open(): Connection {
    const address = addresses[opened % addresses.length];
    if (!address) throw new Error('a load needs an address');
    opened += 1;
    const buffer = Buffer.allocUnsafe(readBytes);
    const socket = connect({
      ...address,
      noDelay: true,
      onread: {
        buffer,
        callback(length, bytes) {
          try {
            connection.reader.push(Buffer.from(bytes.buffer, bytes.byteOffset, length));
          } catch (error) {
            finish(connection, { failure: error instanceof Error ? 'unreadable answer' : String(error) });
          }
          return true;
        },
      },
    });
    const connection: Connection = {
      socket,
      reader: createResponseReader((answer) => finish(connection, answer)),
      task: undefined,
      answered: 0,
      over: false,
    };
    all.add(connection);
    socket.on('end', () => connection.reader.end());
    socket.on('error', (error) => drop(connection, 'code' in error ? String(error.code) : error.message));
    socket.on('close', () => drop(connection, 'closed without an answer'));
    return connection;
  }

  function finish(connection: Connection, ending: Ending) {
    const { task } = connection;
    // An answer that nobody asked for.
    if (!task) return drop(connection, 'an answer too many');
    connection.task = undefined;
    connection.answered += 1;
    busy -= 1;
    if ('failure' in ending || ending.closes) remove(connection);
    else idle.push(connection);
    task.ended(ending);
  }

  function drop(connection: Connection, why: string) {
    if (connection.over) return;
    remove(connection);
    const { task } = connection;
    connection.task = undefined;
    if (!task) {
      closedIdle += 1;
      return;
    }
    busy -= 1;
    if (connection.answered > 0 && task.tries === 1 && !connection.reader.isMidway()) {
      replaced += 1;
      start(task, open());
    } else task.ended({ failure: why });
  }

  function remove(connection: Connection) {
    connection.over = true;
    all.delete(connection);
    connection.socket.destroy();
  }

  return {
    send,
    sendOnNew,
    counts: () => ({ opened, open: all.size, busy, closedIdle, replaced }),
    giveUp: (sentBefore) => {
      for (const connection of all) {
        const { task } = connection;
        if (!task || task.since >= sentBefore) continue;
        connection.task = undefined;
        busy -= 1;
        remove(connection);
        task.ended({ failure: 'timeout' });
      }
    },
    close: () => {
      for (const connection of all) remove(connection);
    },
  };
}
