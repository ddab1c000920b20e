import type { TRPCClient } from '@trpc/client';
import { codeOf, leaveWhenShutOut } from './errors.ts';
import { isGivingUp } from './giving-up.ts';
import type { Connection, StreamEvents } from './shared-stream.ts';
import type { AppRouter, LiveNews } from './types.ts';

/** The server says something each second; a line that is silent for so long is doubted. Milliseconds. */
const patience = 2_500;
/** An attempt without an answer is given up after so long; meanwhile others are made beside it. */
const attemptFor = 10_000;
const lookEvery = 250;
/** Who asks on behalf of a tab in sight is in sight for so long. */
const watchedFor = 3_000;

type Attempt = { since: number; heardAt: number; stop: () => void };

/**
 * Keeps a stream of news open until it is closed. A dead line need not say that it is dead, and an attempt that begins
 * on it is lost as well: so a silent stream is kept while another is tried beside it, ever anew, and whichever
 * speaks first is the stream. One older attempt stays, for a server that is only slow.
 */
export function keepConnected(
  client: TRPCClient<AppRouter>,
  tenant: string,
  events: StreamEvents,
): Connection {
  let attempts: Attempt[] = [];
  let stream: Attempt | undefined;
  let nextAt = 0;
  let watchedAt = 0;
  let lookedAt = Date.now();
  let isUp = false;
  let isAsking = false;

  function open() {
    nextAt = Date.now() + pause(500);
    keep(attempts.slice(0, 1));
    const attempt: Attempt = { since: Date.now(), heardAt: 0, stop: () => {} };
    attempts.push(attempt);
    const ifOurs =
      <T>(then: (value: T) => void) =>
      (value: T) => {
        if (stream === attempt || attempts.includes(attempt)) then(value);
      };
    const { unsubscribe } = client.inbox.live.subscribe(
      { tenant },
      {
        onData: ifOurs((news: LiveNews) => {
          heard(attempt);
          if (news.conversations?.length !== 0) events.news(news);
        }),
        // Left alone it would come back in its own time.
        onConnectionStateChange: ifOurs(({ error }) => error && ended(attempt)),
        onError: ifOurs((error) => {
          ended(attempt);
          askWhy(error);
        }),
        onComplete: () =>
          ifOurs(() => {
            ended(attempt);
            askWhy(undefined);
          })(undefined),
      },
    );
    attempt.stop = unsubscribe;
  }

  /** A new connection begins with "everything". One that only was silent may have lost something on the way. */
  function heard(attempt: Attempt) {
    attempt.heardAt = Date.now();
    const before = stream;
    stream = attempt;
    if (before !== attempt) before?.stop();
    keep([]);
    if (isUp) return;
    isUp = true;
    events.up();
    if (before === attempt) events.news({ conversations: null });
  }

  function ended(attempt: Attempt) {
    if (stream === attempt) {
      lost();
      stream = undefined;
    }
    attempts = attempts.filter((other) => other !== attempt);
    nextAt = Date.now() + pause(750);
    attempt.stop();
  }

  function lost() {
    if (isUp) events.down(stream?.heardAt ?? Date.now());
    isUp = false;
  }

  function keep(these: Attempt[]) {
    const others = attempts.filter((attempt) => attempt !== stream && !these.includes(attempt));
    attempts = these;
    for (const { stop } of others) stop();
  }

  /** With chance in it, so that a server that comes back is not met by everybody at once. */
  function pause(watched: number): number {
    const isWatched = isVisible() || Date.now() - watchedAt < watchedFor;
    return (isWatched ? watched : 5_000) * (1 + Math.random() / 2);
  }

  function look() {
    const now = Date.now();
    // What the server said while the page was busy waits to be heard first. In the background the clock is just slow.
    const wasBusy = isVisible() && now - lookedAt > patience;
    lookedAt = now;
    if (wasBusy || now - (stream?.heardAt ?? 0) < patience) return;
    lost();
    keep(attempts.filter(({ since }) => now - since < attemptFor));
    if (now >= nextAt) open();
  }

  /** There is reason to doubt the line after one beat that did not come, and to try at once. */
  function doubt(atMostEvery: number) {
    const now = Date.now();
    if (now - (stream?.heardAt ?? 0) < patience / 2) return;
    if (attempts.every(({ since }) => now - since > atMostEvery)) open();
  }

  /** Where the stream's end does not say why, an ordinary question does. */
  function askWhy(error: unknown) {
    if (codeOf(error) !== undefined) return leave(error);
    if (isAsking) return;
    isAsking = true;
    client.tenants.current
      .query({ tenant })
      .then(({ standing }) => standing.state !== 'active' && window.location.reload())
      .catch(leave)
      .finally(() => {
        isAsking = false;
      });
  }

  events.down(Date.now());
  open();
  const looking = setInterval(look, lookEvery);
  const stopHearing = hearPage(() => doubt(300));
  return {
    look: (isDoubted) => {
      watchedAt = Date.now();
      // A tab in the background is woken seldom by its clock, but at once by a letter.
      look();
      if (isDoubted) doubt(500);
    },
    close: () => {
      clearInterval(looking);
      stopHearing();
      const last = stream;
      stream = undefined;
      keep([]);
      last?.stop();
    },
  };
}

function leave(error: unknown) {
  leaveWhenShutOut(error);
  // No member any more: the page that says so takes the place of what is shown.
  if (codeOf(error) === 'NOT_FOUND' && !isGivingUp()) window.location.reload();
}

const isVisible = () => document.visibilityState === 'visible';

/** Calls back when the page comes to life again or the browser says that there is a network. */
function hearPage(hear: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  for (const name of ['online', 'focus', 'pageshow']) window.addEventListener(name, hear, { signal });
  for (const name of ['visibilitychange', 'resume']) document.addEventListener(name, hear, { signal });
  return () => stop.abort();
}
