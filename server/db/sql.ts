import { Prisma } from './generated/client.ts';

/** Pieces of SQL with their parameters: `Prisma.sql`, `Prisma.empty`, `Prisma.join`. */
export { Prisma };
