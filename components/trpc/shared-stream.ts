/** One event stream per browser and tenant: HTTP/1.1 allows six connections to a host, and people open more tabs than that. */
import type { LiveNews } from './types.ts';

/** What the tab that holds the stream is told by it. */
export type StreamEvents = { up: () => void; down: (since: number) => void; news: (news: LiveNews) => void };
/** What the leading tab holds. */
export type Connection = {
  /** Makes sure that it is alive, for a tab in sight. `isDoubted`: there is reason to think that it is not. */
  look: (isDoubted: boolean) => void;
  close: () => void;
};
/** What every tab is told. */
export type TabEvents = { up: () => void; down: (since: number) => void; news: (news: LiveNews) => void };

type Letter =
  | { kind: 'news'; news: LiveNews }
  | { kind: 'state'; downSince: number | null }
  | { kind: 'ask'; isDoubted: boolean };

type Options = {
  /** The same for tabs that may share: tenant and user. */
  name: string;
  /** Opens the stream, in the leading tab only. */
  connect: (events: StreamEvents) => Connection;
  tab: TabEvents;
};

/** A leader that answers no question for so long is asleep; another tab takes over. */
const patience = 4_000;
const askEvery = 1_000;

export type SharedStream = {
  /** There is reason to think that the stream is dead. */
  doubt: () => void;
  leave: () => void;
};

/** Joins the tabs of this browser; one of them leads. */
export function shareStream({ name, connect, tab }: Options): SharedStream {
  let state: number | null | undefined;
  let leading: Connection | undefined;
  let left = false;
  // A leader that is awake answers the first question at once; there is no need to wait long for one that is not.
  let heardAt = Date.now() - patience / 2;
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(name) : null;

  function learn(downSince: number | null) {
    const joined = state === undefined && !leading;
    state = downSince;
    if (downSince !== null) return tab.down(downSince);
    tab.up();
    // The stream begins with "everything"; a tab that joins later has missed that.
    if (joined) tab.news({ conversations: null });
  }

  function tell(letter: Letter) {
    if (left) return;
    if (letter.kind === 'news') tab.news(letter.news);
    if (letter.kind === 'state') learn(letter.downSince);
    channel?.postMessage(letter);
  }

  function lead(): () => void {
    const connection = connect({
      up: () => tell({ kind: 'state', downSince: null }),
      down: (since) => tell({ kind: 'state', downSince: state ?? since }),
      news: (news) => tell({ kind: 'news', news }),
    });
    leading = connection;
    return () => {
      leading = undefined;
      connection.close();
    };
  }

  channel?.addEventListener('message', ({ data: letter }: MessageEvent<Letter>) => {
    if (left) return;
    if (letter.kind === 'ask') {
      leading?.look(letter.isDoubted);
      if (leading) channel.postMessage({ kind: 'state', downSince: state ?? null } satisfies Letter);
      return;
    }
    heardAt = Date.now();
    if (leading) return;
    if (letter.kind === 'news') tab.news(letter.news);
    else learn(letter.downSince);
  });

  if (!channel || !('locks' in navigator)) {
    const stop = lead();
    return {
      doubt: () => leading?.look(true),
      leave: () => {
        left = true;
        stop();
        channel?.close();
      },
    };
  }

  let waiting = new AbortController();
  let stopLeading = () => {};
  let steal = false;
  const hold = () => {
    // A lock may be granted in the very moment in which one leaves; held on to, it would keep all others waiting.
    if (left) return Promise.resolve();
    const stop = lead();
    return new Promise<void>((resolve) => {
      stopLeading = () => {
        stop();
        resolve();
      };
    });
  };

  async function queue() {
    while (!left) {
      waiting = new AbortController();
      const how = steal ? { steal } : { signal: waiting.signal };
      steal = false;
      // Refused means: another tab took the lead, or this one is to take it. Either way stop, and ask again.
      await navigator.locks.request(name, how, hold).catch(() => {});
      stopLeading();
    }
  }

  function ask(isDoubted = false) {
    if (!left && !leading && document.visibilityState === 'visible')
      channel?.postMessage({ kind: 'ask', isDoubted } satisfies Letter);
  }

  function watch() {
    if (leading || document.visibilityState !== 'visible') return;
    if (Date.now() - heardAt < patience) return ask();
    heardAt = Date.now();
    steal = true;
    waiting.abort();
  }

  function wake() {
    heardAt = Math.max(heardAt, Date.now() - patience / 2);
    ask();
  }

  void queue();
  ask();
  const watching = setInterval(watch, askEvery);
  document.addEventListener('visibilitychange', wake);

  return {
    doubt: () => (leading ? leading.look(true) : ask(true)),
    leave: () => {
      left = true;
      clearInterval(watching);
      document.removeEventListener('visibilitychange', wake);
      waiting.abort();
      stopLeading();
      channel.close();
    },
  };
}
