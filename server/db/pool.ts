import pg from 'pg';
import { env } from '#server/env.ts';
import { log } from '#server/log.ts';
import { ApplicationClient } from './application-client.ts';

// What runs here finds its rows by their keys, in the order in which its joins are written. On tables that filled since
// they were last analysed (a burst into a fresh database) the planner would guess them small, and hash all of them for
// each batch, or walk through all conversations of a channel to find one.
const byKeys =
  ' -c role=parley_platform -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off -c join_collapse_limit=1';

/**
 * The options that a door's sessions begin with. A tenant's transaction takes its role itself, together with its tenant;
 * the platform's need nothing more, which saves every group commit a round trip. A batch's statements are planned once a
 * connection, whatever the length of the lists that they are given: at a hundred messages a second PostgreSQL would spend
 * two fifths of its time on planning them anew, only to come to the same keys.
 */
const doors = { tenant: '', platform: byKeys, batch: `${byKeys} -c plan_cache_mode=force_generic_plan` };

export type Door = keyof typeof doors;

const made = new Map<Door, pg.Pool>();

/** The connections of a door, private to this room. What is asked of a batch's is on its way before the last answer is back. */
export function pool(door: Door): pg.Pool {
  const known = made.get(door) ?? make(door);
  made.set(door, known);
  return known;
}

function make(door: Door): pg.Pool {
  const connections = new pg.Pool({
    Client: ApplicationClient,
    max: env().DB_POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // A connection keeps the plans of what it prepared. It goes after a while, so that none outlives the table that it
    // was made for, nor for long the login under which it came in.
    maxLifetimeSeconds: 60,
    application_name: 'parley',
    pipeline: door === 'batch',
    // A line that fell silent (a firewall that forgot it) is given up after PostgreSQL itself would have given up.
    query_timeout: 35_000,
    // A statement that nobody waits for any more must not hold its locks.
    options: `-c statement_timeout=30s -c idle_in_transaction_session_timeout=30s${doors[door]}`,
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  connections.on('error', (error) => log().warn({ err: error }, 'an idle database connection broke'));
  // Between the pool and who uses it nobody listens to it for a moment. One that breaks just then tells who uses it next.
  connections.on('connect', (connection) => connection.on('error', () => undefined));
  return connections;
}

/** Lets go of every pool and says which there were; the next question opens new ones. */
export function forgetPools(): pg.Pool[] {
  const pools = [...made.values()];
  made.clear();
  return pools;
}

/** Connections of this process's pools: all, idle, and callers waiting for one. */
export function poolCounts() {
  const counts = { total: 0, idle: 0, waiting: 0 };
  for (const connections of made.values()) {
    counts.total += connections.totalCount;
    counts.idle += connections.idleCount;
    counts.waiting += connections.waitingCount;
  }
  return counts;
}
