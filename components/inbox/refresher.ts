import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { codeOf, leaveWhenShutOut } from '#components/trpc/errors.ts';
import type { LiveNews } from '#components/trpc/types.ts';

/** Something on the screen that news may be about. */
export type View = {
  concerns: (conversation: string) => boolean;
  /** `changed` is null when everything may have changed. */
  refresh: (changed: ReadonlySet<string> | null) => Promise<unknown>;
};

type Options = {
  queryClient: QueryClient;
  /** What is kept of a conversation beyond what is on the screen; it is fetched when it is shown again. */
  keysOf: (conversation: string) => QueryKey[];
  /** All that is kept. */
  everything: QueryKey;
};

const shortestPause = 300;
const longestPause = 1_000;
const afterFailure = 1_000;

/** Brings what is on the screen up to date, at most every 300 ms, more slowly while news keeps coming, later when hidden. */
export class Refresher {
  private views = new Set<View>();
  private changed: Set<string> | null = new Set();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private run: object | undefined;
  private afterGap = false;
  private endedAt = 0;
  private pause = shortestPause;

  private readonly options: Options;

  constructor(options: Options) {
    this.options = options;
  }

  show(view: View): () => void {
    this.views.add(view);
    return () => {
      this.views.delete(view);
    };
  }

  hear({ conversations }: LiveNews): void {
    if (conversations === null) this.changed = null;
    else for (const id of conversations) this.changed?.add(id);
    if (conversations === null && this.afterGap) this.startOver();
    this.plan();
  }

  /** The line is back: what is under way waits for an answer that is lost, and is not waited for. */
  gap(): void {
    this.afterGap = true;
  }

  private startOver() {
    this.afterGap = false;
    this.run = undefined;
    this.endedAt = 0;
    this.stop();
  }

  /** Starts or goes on after `stop`; also when a hidden page is looked at again. */
  plan = (): void => {
    if (this.run || this.timer !== undefined || document.hidden || this.changed?.size === 0) return;
    const idle = Date.now() - this.endedAt;
    this.pause = idle > longestPause ? shortestPause : Math.min(longestPause, this.pause + 100);
    this.timer = setTimeout(() => void this.refresh(), Math.max(0, this.pause - idle));
  };

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async refresh() {
    const changed = this.changed;
    const run = {};
    this.changed = new Set();
    this.timer = undefined;
    this.run = run;
    this.markStale(changed);
    const asked = [...this.views].filter((view) => changed === null || [...changed].some(view.concerns));
    const results = await Promise.allSettled(asked.map((view) => view.refresh(changed)));
    if (this.run !== run) return;
    this.run = undefined;
    this.endedAt = Date.now();
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    for (const failure of failures) leaveWhenShutOut(failure);
    if (failures.some(isPassing)) this.again(changed);
    this.plan();
  }

  /** No answer, or none that means anything: the same again in a moment. */
  private again(changed: ReadonlySet<string> | null) {
    if (changed === null) this.changed = null;
    else for (const id of changed) this.changed?.add(id);
    this.timer = setTimeout(() => void this.refresh(), afterFailure);
  }

  private markStale(changed: ReadonlySet<string> | null) {
    const { queryClient, keysOf, everything } = this.options;
    const keys = changed === null ? [everything] : [...changed].flatMap(keysOf);
    for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey, refetchType: 'none' });
  }
}

function isPassing(failure: unknown): boolean {
  const code = codeOf(failure);
  return (
    code === undefined ||
    code === 'INTERNAL_SERVER_ERROR' ||
    code === 'TOO_MANY_REQUESTS' ||
    code === 'TIMEOUT'
  );
}

/**
 * Fetches a part of what a query holds and puts it in. A fetch of the whole query that is under way would overwrite it
 * with what it began from, so it is waited for, and the part is fetched anew.
 */
export async function refreshPart<Data, Part>(
  queryClient: QueryClient,
  queryKey: QueryKey,
  fetchPart: () => Promise<Part>,
  merge: (data: Data, part: Part) => Data,
): Promise<void> {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await settled(query?.promise);
    const part = await fetchPart();
    if (query?.state.fetchStatus === 'fetching') continue;
    queryClient.setQueryData<Data>(queryKey, (data) => (data === undefined ? undefined : merge(data, part)));
    return;
  }
}

async function settled(promise: Promise<unknown> | undefined) {
  await promise?.catch(() => {});
}
