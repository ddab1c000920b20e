import { type Db, transaction } from './transaction.ts';

/** Sees every tenant. For what has no tenant yet or spans many: sign-in, channel lookup, group commits, superadmin. */
export type PlatformTx = { readonly platform: true; readonly db: Db };

/** The second door, loudly named. A test counts the files that use it. `work` may run again after a deadlock. */
export function asPlatform<T>(work: (tx: PlatformTx) => Promise<T>): Promise<T> {
  return transaction(
    // What runs here finds its rows by their keys. On tables that filled since they were last analysed (a burst into a
    // fresh database) the planner would guess them small, and hash all of them for each batch.
    (db) => db.$queryRaw`
      select set_config('role', 'parley_platform', true), set_config('enable_hashjoin', 'off', true),
             set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)`,
    (db) => work({ platform: true, db }),
  );
}
