import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from '#server/env.ts';
import { log } from '#server/log.ts';
import { PrismaClient } from './generated/client.ts';
import { applicationUrl } from './login.ts';
import { statementName } from './statement-name.ts';

/**
 * The options that a door's sessions begin with. A tenant's transaction takes its role itself, together with its tenant;
 * the platform's need nothing more, which saves every group commit a round trip.
 */
const doors = {
  tenant: '',
  // What runs here finds its rows by their keys, in the order in which its joins are written. On tables that filled
  // since they were last analysed (a burst into a fresh database) the planner would guess them small, and hash all of
  // them for each batch, or walk through all conversations of a channel to find one.
  platform:
    ' -c role=parley_platform -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off -c join_collapse_limit=1',
};

type Door = keyof typeof doors;
const made = new Map<Door, { prisma: PrismaClient; pool: pg.Pool }>();

/** The Prisma client of a door, private to this room: withTenant and asPlatform. Each has connections of its own. */
export function client(door: Door): PrismaClient {
  const known = made.get(door) ?? make(door);
  made.set(door, known);
  return known.prisma;
}

function make(door: Door) {
  const pool = new pg.Pool({
    connectionString: applicationUrl(env().DATABASE_URL, env().ENCRYPTION_KEY),
    max: env().DB_POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // A connection keeps the plans of what it prepared. It goes after a while, so that none outlives the table that it
    // was made for.
    maxLifetimeSeconds: 60,
    application_name: 'parley',
    // A statement that nobody waits for any more must not hold its locks.
    options: `-c statement_timeout=30s -c idle_in_transaction_session_timeout=30s${doors[door]}`,
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', (error) => log().warn({ err: error }, 'an idle database connection broke'));
  // Between the pool and Prisma nobody listens to it for a moment. One that breaks just then tells who uses it next.
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  const adapter = new PrismaPg(pool, { disposeExternalPool: true, statementNameGenerator: statementName });
  const prisma = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 10_000, timeout: 30_000 },
  });
  return { prisma, pool };
}

/** Closes every connection; the next question opens new ones. */
export async function disconnect() {
  const closing = [...made.values()];
  made.clear();
  await Promise.all(closing.map(({ prisma }) => prisma.$disconnect()));
}

/** Connections of this process's pools: all, idle, and callers waiting for one. */
export function poolCounts() {
  const counts = { total: 0, idle: 0, waiting: 0 };
  for (const { pool } of made.values()) {
    counts.total += pool.totalCount;
    counts.idle += pool.idleCount;
    counts.waiting += pool.waitingCount;
  }
  return counts;
}
