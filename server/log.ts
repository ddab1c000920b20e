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

/** An error without the values that a database puts into its details: they may hold what people wrote. */
function describe(error: unknown) {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, stack } = error;
  const code = 'code' in error ? String(error.code) : undefined;
  return {
    name,
    code,
    message: error.message.slice(0, 500),
    stack: stack?.split('\n').slice(1, 8).join('\n'),
  };
}
