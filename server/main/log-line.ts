const names: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/**
 * A child's line as the terminal shows it: `undefined` for a JSON line below that level (pino's: 50 is an error). A
 * line that is no JSON is shown when `plain` says so: on stderr it is a stack or a warning, on stdout small talk.
 */
export function showLine(line: string, level: number, plain: boolean): string | undefined {
  const entry = parse(line);
  if (!entry) return plain && line.trim() !== '' ? line : undefined;
  const own = typeof entry['level'] === 'number' ? entry['level'] : 30;
  if (own < level) return undefined;
  const { err, msg } = entry;
  const reason = typeof err === 'object' && err !== null && 'message' in err ? `: ${err.message}` : '';
  return `${names[own] ?? own} ${msg ?? ''}${reason}`;
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
