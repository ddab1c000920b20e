import type { TRPCClient } from '@trpc/client';
import { codeOf, leaveWhenSignedOut } from './errors.ts';
import type { StreamEvents } from './shared-stream.ts';
import type { AppRouter } from './types.ts';

/** An attempt that is not up after so long is given up for a new one: a dead line does not always say so. */
const attemptFor = 4_000;

/** Keeps a stream of news open until it is closed: whatever ends it, a new one is tried within seconds. */
export function keepConnected(
  client: TRPCClient<AppRouter>,
  tenant: string,
  events: StreamEvents,
): () => void {
  let stream: { unsubscribe: () => void } | undefined;
  let attempt = 0;
  let nextAt = 0;
  let isUp = false;

  function open() {
    stream?.unsubscribe();
    attempt += 1;
    nextAt = Date.now() + attemptFor;
    const mine = attempt;
    const ifMine =
      <T>(then: (value: T) => void) =>
      (value: T) => {
        if (mine === attempt) then(value);
      };
    stream = client.inbox.live.subscribe(
      { tenant },
      {
        onConnectionStateChange: ifMine(({ state }) => {
          isUp = state === 'pending';
          if (isUp) events.up();
          else events.down();
        }),
        // On every connection the server begins with "everything": what came before is known to nobody.
        onData: ifMine(({ data }) => events.news(data)),
        onError: ifMine((error) => {
          ended();
          askWhy(error);
        }),
        onComplete: () => ifMine(ended)(undefined),
      },
    );
  }

  /** A little chance in the pause, so that a server that comes back is not met by everybody at once. */
  function ended() {
    isUp = false;
    nextAt = Date.now() + 500 + Math.random() * 1_500;
    events.down();
  }

  /** An event stream does not say why it was refused; an ordinary question does. */
  function askWhy(error: unknown) {
    if (codeOf(error) !== undefined) return leaveWhenSignedOut(error);
    client.tenants.current.query({ tenant }).catch(leaveWhenSignedOut);
  }

  function retryNow() {
    if (!isUp) open();
  }

  events.down();
  open();
  const looking = setInterval(() => {
    if (!isUp && Date.now() > nextAt) open();
  }, 500);
  window.addEventListener('online', retryNow);
  return () => {
    attempt += 1;
    clearInterval(looking);
    window.removeEventListener('online', retryNow);
    stream?.unsubscribe();
  };
}
