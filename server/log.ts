import { pino } from 'pino';
import { env } from '#server/env.ts';

let logger: pino.Logger | undefined;

/**
 * The one logger: JSON, one line an event. Lines carry our own ids, never texts, phone numbers, wamids (they contain
 * the number) or secrets.
 */
export function log(): pino.Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describe },
  });
  return logger;
}

// As many ids as a line carries; how many there were stands beside.
const mostIds = 20;

/** Ids for a line, each once. */
export const someIds = (ids: Iterable<string>): string[] => [...new Set(ids)].slice(0, mostIds);

/** How often each word occurs, for a line. */
export function countWords(words: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** An error without what people wrote: a database's words may quote the value that it refused, so only its code is kept. */
function describe(error: unknown) {
  if (!(error instanceof Error)) return { message: messageIn(error) };
  const { name, stack } = error;
  const code = 'code' in error ? String(error.code) : undefined;
  return {
    name,
    code,
    message: isDatabases(error)
      ? `PostgreSQL: ${stateIn(error) ?? 'see the code'}`
      : error.message.slice(0, 500),
    stack: stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 7)
      .join('\n'),
  };
}

const isDatabases = (error: Error) =>
  error.name.startsWith('Prisma') || error.constructor.name === 'DatabaseError';

/** The SQLSTATE that Prisma writes into its message: "Raw query failed. Code: `22P02`." */
const stateIn = ({ message }: Error) => /Code: `(\w{5})`/.exec(message)?.[1];

/** The queue tells its troubles as plain objects. */
const messageIn = (error: unknown) =>
  typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message).slice(0, 500)
    : String(error);
