export type PostgresSettings = Readonly<Record<string, string>>;

/**
 * What differs from PostgreSQL's defaults. fsync, synchronous_commit and full_page_writes stay on: an answered webhook
 * is on the disk. A burst of writes may fill 1 GB of log before a checkpoint must run; more would make the recovery
 * after a power cut longer than a start may take.
 */
export const defaultSettings: PostgresSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '1GB',
  min_wal_size: '256MB',
  wal_buffers: '16MB',
  checkpoint_timeout: '10min',
  checkpoint_completion_target: '0.9',
  random_page_cost: '1.1',
  jit: 'off',
  // A plan that was made while a table was small is kept until the table is analysed: a burst into an empty one must not
  // wait a minute for that.
  autovacuum_naptime: '10s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  // rows of people do not belong into a log: no statements, no "Key (phone)=(…)"
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** As arguments for `postgres`. */
export function settingsAsArguments(settings: PostgresSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
