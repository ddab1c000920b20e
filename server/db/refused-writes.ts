import { sqlState } from './sql-state.ts';

// A full disk, a disk that fails, a server that was made read-only: no write is taken, whatever it holds.
const storage = /^(53100|58|25006)/;

let refused = false;

/** Whether PostgreSQL refused a write for want of a place to keep it. */
export const isRefusedWrite = (error: unknown) => storage.test(sqlState(error) ?? '');

/** Remembers it when that is what went wrong. */
export function noteRefusal(error: unknown) {
  refused ||= isRefusedWrite(error);
}

/** Whether a write was refused so since the last `forgetRefusal`. */
export const wasRefused = () => refused;

export const forgetRefusal = () => {
  refused = false;
};
