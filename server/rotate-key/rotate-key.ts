import { hostname } from 'node:os';
import type { Client } from 'pg';
import { ensureReaderLogin, readerUrl } from '#prisma/reader-login.ts';
import { recordAudit } from '#server/audit/record-audit.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { dropFormerLogins, ensureApplicationLogin } from '#server/db/login.ts';
import { env } from '#server/env.ts';
import { renewReader } from '#server/main/running-file.ts';
import { newEncryptionKey, readSecrets, replaceKeys } from '#server/main/secrets.ts';
import { Refusal } from '#server/refusal.ts';
import { keyOf, knownKeys } from '#server/secrets/keys.ts';
import { untilNobodyUses } from './former-connections.ts';
import { countLeft, reseal } from './reseal.ts';
import { sealedTables } from './sealed-columns.ts';

type Say = (line: string) => void;

/**
 * `settle`: how long a transaction may go on that sealed something before it knew the new key. `patience`: how long a
 * connection may live that came in with the former one. Milliseconds.
 */
type Pace = { settle: number; patience: number };
const usual: Pace = { settle: 35_000, patience: 75_000 };

/**
 * Seals every secret under another key while everything runs. Where the keys are a start's own it makes the new one,
 * and takes the former away at the end; given ones it finds as ENCRYPTION_KEY and ENCRYPTION_KEYS_OLD. Killed at any
 * moment it is run again and goes on. `owner` may make roles. Throws Refusal, with what to do, as long as the former
 * keys are needed.
 */
export async function rotateKey(owner: Client, say: Say, { settle, patience }: Pace = usual): Promise<void> {
  const { DATABASE_URL: url, PARLEY_KEYS_FILE: file } = env();
  await demandAlone(owner);
  if (file !== undefined) await takeNewKey(owner, url, file, say);
  const [current = '', ...former] = knownKeys().map(({ base64 }) => base64);
  await ensureApplicationLogin(owner, url, current);
  await ensureReaderLogin(owner, url, current);
  if (file !== undefined) renewReader(file, readerUrl(url, current));
  await note('encryption-key.rotation-begun', current, { former: former.map(nameOf).join(' ') });

  let secrets = await resealAll(say);
  const mayEnd = file !== undefined;
  if (former.length > 0) {
    await untilNobodyUses(owner, url, former, { atLeast: settle, atMost: patience, mayEnd, say });
    secrets += await resealAll(say);
  }
  const left = await countAll();
  if (left > 0)
    throw new Refusal(
      'precondition',
      'left',
      `Not done yet: ${left} rows were sealed with the former key just now. Run this again.`,
    );
  await note('encryption-key.rotated', current, { rows: secrets });
  if (file !== undefined) replaceKeys(file, { encryptionKey: current, encryptionKeysOld: [] });
  await dropFormerLogins(owner, url, file === undefined ? [current, ...former] : [current]);
  for (const line of lastWords(file, former.length > 0)) say(line);
}

/** Two at once would each make a key. The lock is the connection's: it goes with it. */
async function demandAlone(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ mine: boolean }>('select pg_try_advisory_lock(7265003) as mine');
  if (!rows[0]?.mine)
    throw new Refusal('conflict', 'runs', 'Another run of this command is at it: let that one end.');
}

/** A new key, unless an earlier run that was ended has made one. Its login is there before anybody may want it. */
async function takeNewKey(owner: Client, url: string, file: string, say: Say): Promise<void> {
  const { encryptionKey, encryptionKeysOld } = readSecrets(file);
  if (encryptionKeysOld.length > 0) {
    say('An earlier run was ended before its time: this one goes on with its key.');
    return;
  }
  const made = newEncryptionKey();
  await ensureApplicationLogin(owner, url, made);
  replaceKeys(file, { encryptionKey: made, encryptionKeysOld: [encryptionKey] });
  say(`A new key is in ${file}; everything that runs seals with it from now on.`);
}

/** How many rows were sealed anew. Throws Refusal for what no key opens. */
async function resealAll(say: Say): Promise<number> {
  const unreadable: string[] = [];
  let rows = 0;
  for (const table of sealedTables) {
    const total = await countLeft(table);
    if (total === 0) continue;
    const done = await reseal(table, (count) =>
      say(`${table.name}: ${count} of ${Math.max(count, total)} rows sealed anew`),
    );
    rows += done.rows;
    unreadable.push(...done.unreadable);
  }
  if (unreadable.length > 0)
    throw new Refusal(
      'precondition',
      'unreadable',
      [
        `No known key opens ${unreadable.length} secrets; all others are sealed anew:`,
        ...unreadable.slice(0, 20).map((what) => `  ${what}`),
        'If an earlier key sealed them, add it to ENCRYPTION_KEYS_OLD and run this again. What is damaged has to be entered anew first: a number’s token and secrets under Channels, a second factor after npm run setup -- login.',
      ].join('\n'),
    );
  return rows;
}

async function countAll(): Promise<number> {
  const counts = await Promise.all(sealedTables.map(countLeft));
  return counts.reduce((sum, count) => sum + count, 0);
}

const note = (action: string, key: string, details: Record<string, string | number>) =>
  asPlatform((tx) =>
    recordAudit(tx, {
      ...{ tenantId: null, action, subject: `Key ${nameOf(key)}`, details },
      actor: { userId: null, name: 'Command rotate-key', address: null, device: hostname() },
    }),
  );

/** A digest, as it stands in front of what the key sealed: it tells keys apart and gives nothing of them away. */
const nameOf = (key: string): string => keyOf(key).id.toString('hex');

function lastWords(file: string | undefined, wasReplaced: boolean): string[] {
  const backups = 'Backups from before need the former key: keep it with them.';
  if (file !== undefined)
    return [`Done: everything is sealed under the new key, and the former is gone from ${file}.`];
  if (!wasReplaced)
    return [
      'Done: everything is sealed under ENCRYPTION_KEY. To replace it, give the new one as ENCRYPTION_KEY and this one as ENCRYPTION_KEYS_OLD to every process, then run this again.',
    ];
  return [
    'Done: everything is sealed under ENCRYPTION_KEY, and nobody works with the former key any more.',
    'Take ENCRYPTION_KEYS_OLD out of the settings now; the next npm run migrate takes the former login away.',
    backups,
  ];
}
