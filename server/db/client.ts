import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { env } from '#server/env.ts';
import { log } from '#server/log.ts';
import { PrismaClient } from './generated/client.ts';
import { applicationUrl } from './login.ts';

let made: { prisma: PrismaClient; pool: pg.Pool } | undefined;

/** The Prisma client and its pool, private to this room: withTenant and asPlatform are the doors. */
export function client() {
  made ??= make();
  return made;
}

function make() {
  const pool = new pg.Pool({
    connectionString: applicationUrl(env().DATABASE_URL, env().ENCRYPTION_KEY),
    max: env().DB_POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: 'parley',
    // A statement that nobody waits for any more must not hold its locks.
    options: '-c statement_timeout=30s -c idle_in_transaction_session_timeout=30s',
  });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', (error) => log().warn({ err: error }, 'an idle database connection broke'));
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  const prisma = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 10_000, timeout: 30_000 },
  });
  return { prisma, pool };
}

/** Closes every connection; the next question opens new ones. */
export async function disconnect() {
  const closing = made;
  made = undefined;
  await closing?.prisma.$disconnect();
}

/** Connections of this process's pool: all, idle, and callers waiting for one. */
export function poolCounts() {
  const pool = made?.pool;
  return { total: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 };
}
