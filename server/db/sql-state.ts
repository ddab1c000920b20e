import pg from 'pg';
import { Prisma } from './generated/client.ts';

/** PostgreSQL's five characters for what went wrong, such as "40P01"; undefined when the error is none of its. */
export function sqlState(error: unknown): string | undefined {
  if (error instanceof pg.DatabaseError) return error.code;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  const adapterError = error.meta?.['driverAdapterError'];
  const cause = adapterError instanceof Object && 'cause' in adapterError ? adapterError.cause : undefined;
  const code = cause instanceof Object && 'originalCode' in cause ? cause.originalCode : undefined;
  return typeof code === 'string' ? code : undefined;
}

/**
 * Whether PostgreSQL refused what a row holds (classes 22, data, and 23, constraint; 54000, too much of something):
 * trying the same row again is no use. Anything else, such as a full disk or a lost connection, is nobody's fault.
 */
export function isRowsFault(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlState(error) ?? '');
}
