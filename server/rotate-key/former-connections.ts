import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { loginName } from '#server/db/login.ts';
import { Refusal } from '#server/refusal.ts';

/** A connection that is at work at one moment is idle soon. Milliseconds. */
const longestEnding = 30_000;

type Wait = {
  /** How long at least, and how long at most. Milliseconds. */
  atLeast: number;
  atMost: number;
  /** Whether every process follows the new key, so that what is left at the end only has to connect again. */
  mayEnd: boolean;
  say: (line: string) => void;
};

/**
 * Waits until no connection is left that came in with one of these keys: who has one may still seal with it. Throws
 * Refusal when somebody keeps to them.
 */
export async function untilNobodyUses(owner: Client, databaseUrl: string, keys: string[], wait: Wait) {
  const logins = keys.map((key) => loginName('app', databaseUrl, key));
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  let told = false;
  for (;;) {
    const open = await countOpen(owner, logins);
    if (elapsed() >= wait.atMost || (open === 0 && elapsed() >= wait.atLeast)) break;
    if (!told) wait.say('Waiting until no process works with the former key any more …');
    told = true;
    await sleep(250);
  }
  const until = performance.now() + longestEnding;
  while (wait.mayEnd && performance.now() < until && (await countOpen(owner, logins)) > 0)
    await endOpen(owner, logins);
  const open = await countOpen(owner, logins);
  if (open > 0)
    throw new Refusal(
      'precondition',
      'in-use',
      `Not done yet: ${open} connections come from processes that have only the former key. Start those anew with the new one as ENCRYPTION_KEY and the former in ENCRYPTION_KEYS_OLD, then run this again.`,
    );
}

async function countOpen(owner: Client, logins: string[]): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    'select count(*)::int as count from pg_stat_activity where usename = any($1)',
    [logins],
  );
  return rows[0]?.count ?? 0;
}

/** Those that listen live for ever; they come back under the new login, and fetch what they missed. */
async function endOpen(owner: Client, logins: string[]): Promise<void> {
  const { rows: open } = await owner.query<{ name: string }>(
    'select distinct usename::text as name from pg_stat_activity where usename = any($1)',
    [logins],
  );
  if (open.length === 0) return;
  // An owner that is no superuser sees what those do, and ends them, whose role it has.
  for (const { name } of open) await owner.query(`grant ${owner.escapeIdentifier(name)} to current_user`);
  await owner.query(
    "select pg_terminate_backend(pid, 2000) from pg_stat_activity where usename = any($1) and state = 'idle'",
    [logins],
  );
  await sleep(500);
}
