import { client } from './client.ts';
import { type Db, transaction } from './transaction.ts';

/** Sees every tenant. For what has no tenant yet or spans many: sign-in, channel lookup, group commits, superadmin. */
export type PlatformTx = { readonly platform: true; readonly db: Db };

/** The second door, loudly named. A test counts the files that use it. `work` may run again after a deadlock. */
export function asPlatform<T>(work: (tx: PlatformTx) => Promise<T>): Promise<T> {
  return transaction(client('platform'), (db) => work({ platform: true, db }));
}
