import { openDatabase } from './database.ts';
import { scrapeMetrics } from './scrape-metrics.ts';

/** One look at a product while it works. */
export type ProductSample = {
  /** Since the first look. */
  readonly second: number;
  readonly connections: number;
  readonly waitingForLocks: number;
  /** Of write-ahead log since the look before. MB. */
  readonly wal: number;
  /** What waits to be decided and to be delivered, and for how long the oldest of it has. Seconds. */
  readonly waiting: number;
  readonly oldest: number;
  /** By process: how late its event loop is at most, p99. Milliseconds. */
  readonly loopLag: Readonly<Record<string, number>>;
};

export type ProductWatch = {
  /** How long the oldest that waits has waited at this moment. Seconds. */
  readonly queueAge: () => Promise<number>;
  /** What was seen so far. */
  readonly seen: () => readonly ProductSample[];
  readonly mostConnections: number;
  readonly end: () => Promise<void>;
};

export type Watched = { readonly name: string; readonly origin: string };

type Row = {
  readonly connections: number;
  readonly locks: number;
  readonly wal: number;
  readonly waiting: number;
  readonly oldest: number;
};

const question = `
  select (select count(*) from pg_stat_activity where datname = current_database())::int as connections,
    (select count(*) from pg_locks where not granted)::int as locks,
    (pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') / 1e6)::float8 as wal,
    t.waiting + o.waiting as waiting, greatest(t.oldest, o.oldest, 0) as oldest
  from (select count(*)::int as waiting,
      coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8 as oldest
    from turns where decided_at is null) t,
    (select count(*)::int as waiting,
      coalesce(extract(epoch from clock_timestamp() - min(at)), 0)::float8 as oldest
    from outbox) o`;

const pause = 2_000;

/** Looks into a product's database and at its processes' metrics every two seconds, until it is told to end. */
export async function watchProduct(url: string, watched: readonly Watched[]): Promise<ProductWatch> {
  const database = await openDatabase(url);
  const samples: ProductSample[] = [];
  const began = performance.now();
  const look = async () => (await database.ask<Row>(question))[0];
  let log = (await look())?.wal ?? 0;
  let busy = Promise.resolve();

  async function sample() {
    const [row, lags] = await Promise.all([look(), Promise.all(watched.map(lagOf))]);
    if (!row) return;
    samples.push({
      second: (performance.now() - began) / 1000,
      connections: row.connections,
      waitingForLocks: row.locks,
      wal: row.wal - log,
      waiting: row.waiting,
      oldest: row.oldest,
      loopLag: Object.fromEntries(lags.flat()),
    });
    log = row.wal;
  }

  const looking = setInterval(() => {
    // One at a time; a look that fails is one that is missing.
    busy = busy.then(sample).catch(() => {});
  }, pause);
  const [limit] = await database.ask<{ max_connections: string }>('show max_connections');
  return {
    queueAge: async () => (await look())?.oldest ?? 0,
    seen: () => samples,
    mostConnections: Number(limit?.max_connections ?? 0),
    end: async () => {
      clearInterval(looking);
      await busy;
      await database.close();
    },
  };
}

async function lagOf({ name, origin }: Watched): Promise<[string, number][]> {
  const lag = (await scrapeMetrics([origin])).get('nodejs_eventloop_lag_p99_seconds');
  return lag === undefined ? [] : [[name, lag * 1000]];
}
