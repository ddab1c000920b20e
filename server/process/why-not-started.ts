const unreachable = 'The database cannot be reached: check DATABASE_URL, and that PostgreSQL runs.';
const unknownHost = 'The database cannot be found under the name in DATABASE_URL.';
const refused =
  'The database does not let the application in: run npm run migrate with this ENCRYPTION_KEY first.';
const words = new Map([
  ['ECONNREFUSED', unreachable],
  ['ETIMEDOUT', unreachable],
  ['EHOSTUNREACH', unreachable],
  ['ENETUNREACH', unreachable],
  ['57P03', 'PostgreSQL is just starting or stopping: try again in a moment.'],
  ['53300', 'PostgreSQL has no connection left: raise its max_connections, or lower DB_POOL_SIZE.'],
  ['ENOTFOUND', unknownHost],
  ['EAI_AGAIN', unknownHost],
  ['3D000', 'The database that DATABASE_URL names does not exist.'],
  ['28P01', refused],
  ['28000', refused],
  ['42501', refused],
]);

/** The plain sentence for what commonly keeps a process from starting. `port`: the setting that names its port. */
export function whyNotStarted(error: unknown, port: string): string | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined;
  const { code } = error;
  const number = 'port' in error ? ` ${error.port}` : '';
  if (code === 'EADDRINUSE')
    return `Port${number} is in use by another program: end that one, or set ${port} to another.`;
  if (code === 'EACCES')
    return `Port${number} may not be opened by this user: set ${port} to one above 1023.`;
  if (code === 'EADDRNOTAVAIL')
    return 'LISTEN_HOST is no address of this machine: give one of its own, or 0.0.0.0 for all.';
  return words.get(String(code));
}
