import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

/** A log file that never grows beyond its limit: the full one becomes `<file>.1`, and the one before that is gone. */
export function openBoundedLog(file: string, limit = 20_000_000): (chunk: Buffer | string) => void {
  let handle = openSync(file, 'a', 0o600);
  let size = statSync(file).size;
  return (chunk) => {
    try {
      if (size >= limit) {
        closeSync(handle);
        renameSync(file, `${file}.1`);
        handle = openSync(file, 'a', 0o600);
        size = 0;
      }
      size += typeof chunk === 'string' ? writeSync(handle, chunk) : writeSync(handle, chunk);
    } catch {
      // a full disk must not end the processes whose words these are
    }
  };
}
