import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { afterMigrate } from '#prisma/after-migrate.ts';
import { beginSecondFactor } from '#server/auth/second-factor.ts';
import { disconnect } from '#server/db/client.ts';
import { loginName } from '#server/db/login.ts';
import { newEncryptionKey, readSecrets, replaceKeys } from '#server/main/secrets.ts';
import { keyOf } from '#server/secrets/keys.ts';
import { type Place, seal, unseal } from '#server/secrets/seal.ts';
import { testDatabase } from '#server/testing/database.ts';
import { sign, textWebhook } from '#server/testing/factories.ts';
import { freePort } from '#server/testing/free-port.ts';
import { makeFullTenant } from '#server/testing/full-tenant.ts';
import { testFrom } from '#server/testing/member-caller.ts';
import { testSettings } from '#server/testing/settings.ts';
import { simulatedMetaWithWeb } from '#server/testing/simulated-meta.ts';
import { sealedTables } from './sealed-columns.ts';

// Whole processes are started, killed and waited for here.
vi.setConfig({ testTimeout: 400_000 });

const folder = mkdtempSync(path.join(tmpdir(), 'parley-keys-'));
const file = path.join(folder, 'secrets.json');
const firstKey: string = testSettings.ENCRYPTION_KEY;
writeFileSync(
  file,
  JSON.stringify({ authSecret: 'a'.repeat(40), encryptionKey: firstKey, postgresPassword: 'p'.repeat(24) }),
);
// This process, too, is one of those that follow the file.
process.env['PARLEY_KEYS_FILE'] = file;

const { owner, url } = testDatabase();
const meta = simulatedMetaWithWeb();
const started: ChildProcess[] = [];
const channels = 400;
const own = ['app_secret', 'verify_token', 'app_secret_before', 'verify_token_before'];
let port: number;
let tenant: Awaited<ReturnType<typeof makeFullTenant>>;
let totpSecret: string;

beforeAll(async () => {
  tenant = await makeFullTenant();
  await meta.addNumber(tenant);
  await owner.query('update users set email_confirmed_at = now() where id = $1', [tenant.owner.id]);
  const actor = { userId: tenant.owner.id, name: tenant.owner.name, ...testFrom };
  totpSecret = (await beginSecondFactor(actor, 'secret of the test')).secret;
  // As many as take a while; what is sealed for a tenant's column opens in each of its rows.
  await owner.query(
    `insert into channels (tenant_id, id, key, phone_number_id, waba_id, display_phone_number, name, portfolio_id, access_token)
     select c.tenant_id, gen_random_uuid(), 'copy-' || n, 'copy-' || n, c.waba_id, c.display_phone_number, c.name, c.portfolio_id,
            c.access_token from channels c, generate_series(1, ${channels}) n where c.tenant_id = '${tenant.id}'`,
  );
  const sealed = own.map((column) =>
    seal(`the ${column}`, { tenantId: tenant.id, column: `channels.${column}` }),
  );
  await owner.query(
    `update channels set ${own.map((column, index) => `${column} = $${index + 1}`).join()},
       app_secret_before_until = now(), verify_token_before_until = now() where key = 'copy-1'`,
    sealed,
  );
  port = await freePort();
  await Promise.all([serve('server/web.ts', '--ingest'), serve('server/worker.ts')]);
}, 60_000);

afterAll(async () => {
  for (const one of started) one.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const settings = () => ({
  ...{ NODE_ENV: 'production' as const, LOG_LEVEL: 'silent', DATABASE_URL: url, PORT: String(port) },
  ...{ ENCRYPTION_KEY: firstKey, PARLEY_KEYS_FILE: file, GRAPH_API_URL: process.env['GRAPH_API_URL'] },
  META_APP_SECRET: testSettings.META_APP_SECRET,
  META_VERIFY_TOKEN: testSettings.META_VERIFY_TOKEN,
});

/** A process as `npm start` runs it. */
async function serve(...args: string[]) {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: settings(),
  });
  started.push(child);
  await once(child, 'message');
  return child;
}

/** The command with less patience than in life: connections that came in with the former key end after some seconds. */
function rotate(variables: Record<string, string | undefined> = {}, patience = 4_000) {
  const command = `
    import pg from 'pg';
    import { rotateKey } from '#server/rotate-key/rotate-key.ts';
    const owner = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await owner.connect();
    try {
      await rotateKey(owner, (line) => console.log(line), { settle: 500, patience: ${patience} });
      process.exit(0);
    } catch (error) {
      console.error(error.message);
      process.exit(1);
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', command], {
    env: { ...settings(), ...variables },
  });
  started.push(child);
  return child;
}

async function ended(child: ReturnType<typeof rotate>) {
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: child.exitCode ?? (await once(child, 'exit'))[0], said, complained };
}

/** By the name of the key in front: how many secrets each has sealed. */
async function sealedBy(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { sealed } of await allSealed()) {
    const name = sealed.subarray(4, 8).toString('hex');
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

async function allSealed(): Promise<{ sealed: Buffer; place: Place }[]> {
  const parts = sealedTables.flatMap(({ name, owner: whose, columns }) =>
    columns.map(
      (column) =>
        `select '${name}.${column}' as "column", '${whose}' as whose, ${whose === 'user' ? 'id' : 'tenant_id'} as owner,
                ${column} as sealed from ${name} where ${column} is not null`,
    ),
  );
  const { rows } = await owner.query(parts.join(' union all '));
  return rows.map(({ column, whose, owner: id, sealed }) => ({
    sealed,
    place: { column, ...(whose === 'user' ? { userId: id } : { tenantId: id }) },
  }));
}

const name = (key: string) => keyOf(key).id.toString('hex');
const logins = async () =>
  (
    await owner.query("select rolname from pg_roles where rolname like $1 || '%' order by 1", [
      loginName('app', url, firstKey).slice(0, -8),
    ])
  ).rows.map(({ rolname }) => rolname);

/** Somebody new writes every few moments, as Meta posts it: again while it is told to come again. Says who wrote. */
function keepWriting() {
  const writers: string[] = [];
  const answers: number[] = [];
  let stopped = false;
  const done = (async () => {
    while (!stopped) {
      const from = `4915${String(20_000_000 + writers.length)}`;
      const body = textWebhook(tenant.phoneNumberId, { wamid: `wamid.${from}`, from });
      const post = { method: 'POST', body, headers: { 'x-hub-signature-256': sign(body) } };
      const { status } = await fetch(`http://127.0.0.1:${port}/api/webhooks/whatsapp`, post);
      answers.push(status);
      if (status === 200) writers.push(from);
      await sleep(250);
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await done;
      return { writers, answers };
    },
  };
}

async function unanswered(writers: string[]): Promise<string[]> {
  const answered = new Set(
    (await meta.attempts(tenant)).filter(({ accepted }) => accepted).map(({ to }) => to),
  );
  return writers.filter((one) => !answered.has(one));
}

test('killed in the middle and run again it replaces the key, while everybody is answered', async () => {
  const all = (await allSealed()).length;
  expect(all).toBeGreaterThan(channels + own.length);
  const writing = keepWriting();
  const killed = rotate();
  for await (const chunk of killed.stdout) if (String(chunk).includes('channels: ')) break;
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const { encryptionKey: newKey, encryptionKeysOld } = readSecrets(file);
  expect(encryptionKeysOld).toEqual([firstKey]);
  const halfway = await sealedBy();
  expect(halfway[name(firstKey)]).toBeGreaterThan(100);
  expect(halfway[name(newKey)]).toBeGreaterThan(0);

  const again = await ended(rotate());
  expect(again).toMatchObject({ code: 0, complained: '' });
  expect(again.said).toContain('this one goes on with its key');
  expect(again.said).toContain('the former is gone');
  expect(await sealedBy()).toEqual({ [name(newKey)]: all });

  // The former key is nowhere any more: whatever opens opens under the new one alone.
  expect(readSecrets(file)).toMatchObject({ encryptionKey: newKey, encryptionKeysOld: [] });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const opened = (await allSealed()).map(({ sealed, place }) => [place.column, unseal(sealed, place)]);
  expect(opened).toEqual(
    expect.arrayContaining([
      ['channels.access_token', tenant.token],
      ['channel_drafts.access_token', `draft-${tenant.token}`],
      ['channel_drafts.app_secret', 'secret'],
      ['users.totp_secret', totpSecret],
      ...own.map((column) => [`channels.${column}`, `the ${column}`]),
    ]),
  );
  expect(await logins()).toEqual([loginName('app', url, newKey)]);

  // Those that ran all the while go on, and one that is started anew finds the key.
  const worker = started.find(({ spawnargs }) => spawnargs.includes('server/worker.ts')) ?? expect.fail();
  worker.kill('SIGTERM');
  await once(worker, 'exit');
  await serve('server/worker.ts');
  await sleep(500);
  const { writers, answers } = await writing.stop();
  expect(answers.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(writers.length).toBeGreaterThan(10);
  await expect.poll(async () => unanswered(writers), { timeout: 20_000 }).toEqual([]);
  const { rows } = await owner.query(
    "select action, subject, details from audit where action like 'encryption-key.%' order by id",
  );
  expect(rows.map(({ action }) => action)).toEqual([
    ...['encryption-key.rotation-begun', 'encryption-key.rotation-begun', 'encryption-key.rotated'],
  ]);
  expect(JSON.stringify(rows)).not.toContain(newKey);
});

test('with keys that are given it says who keeps the former one, and migrating takes its login away', async () => {
  const [{ encryptionKey: oldKey }, newKey] = [readSecrets(file), newEncryptionKey()];
  const given = { PARLEY_KEYS_FILE: undefined, ENCRYPTION_KEY: newKey, ENCRYPTION_KEYS_OLD: oldKey };

  const early = await ended(rotate(given, 1_000));
  expect(early.code).toBe(1);
  expect(early.complained).toMatch(/^Not done yet: \d+ connections come from processes that have only/);
  // What was replaced may be read, and written, by those who have both.
  expect(Object.keys(await sealedBy())).toEqual([name(newKey)]);

  await stopAll();
  const done = await ended(rotate(given, 60_000));
  expect(done).toMatchObject({ code: 0, complained: '' });
  expect(done.said).toContain('Take ENCRYPTION_KEYS_OLD out of the settings now');
  expect(await logins()).toEqual([loginName('app', url, oldKey), loginName('app', url, newKey)].sort());

  replaceKeys(file, { encryptionKey: newKey, encryptionKeysOld: [] });
  await afterMigrate(url);
  expect(await logins()).toEqual([loginName('app', url, newKey)]);
  expect((await ended(rotate({ ...given, ENCRYPTION_KEYS_OLD: '' }))).said).toContain('To replace it');
});

test('what no key opens is named, stays as it is, and keeps the former key in use', async () => {
  const lost = seal('of another place', { tenantId: tenant.id, column: 'channels.pin' });
  await owner.query("update channels set access_token = $1 where key = 'copy-2'", [lost]);
  const before = readSecrets(file);
  const { code, complained } = await ended(rotate());
  expect(code).toBe(1);
  expect(complained).toContain(
    'No known key opens 1 secrets; all others are sealed anew:\n  channels.access_token of ',
  );
  expect(readSecrets(file).encryptionKeysOld).toEqual([before.encryptionKey]);
  const { rows } = await owner.query("select access_token from channels where key = 'copy-2'");
  expect(new Uint8Array(rows[0].access_token)).toEqual(lost);

  await owner.query("delete from channels where key = 'copy-2'");
  expect(await ended(rotate())).toMatchObject({ code: 0, complained: '' });
});

async function stopAll() {
  for (const one of started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    one.kill('SIGTERM');
    await once(one, 'exit');
  }
  await disconnect();
}
