import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';
import { forgetPools, pool } from './pool.ts';
import { statementName } from './statement-name.ts';

type Door = 'tenant' | 'platform';
const made = new Map<Door, PrismaClient>();

/** The Prisma client of a door, private to this room: withTenant and asPlatform. Each has connections of its own. */
export function client(door: Door): PrismaClient {
  const known = made.get(door) ?? make(door);
  made.set(door, known);
  return known;
}

const make = (door: Door) =>
  new PrismaClient({
    adapter: new PrismaPg(pool(door), { statementNameGenerator: statementName }),
    transactionOptions: { maxWait: 10_000, timeout: 30_000 },
  });

/** Closes every connection; the next question opens new ones. */
export async function disconnect() {
  const [clients, pools] = [[...made.values()], forgetPools()];
  made.clear();
  await Promise.all(clients.map((prisma) => prisma.$disconnect()));
  await Promise.all(pools.map((connections) => connections.end()));
}
