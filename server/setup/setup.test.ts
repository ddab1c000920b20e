import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readSession } from '#server/auth/sessions.ts';
import { signIn } from '#server/auth/sign-in.ts';
import { findChannel } from '#server/channels/find-channel.ts';
import { Refusal } from '#server/refusal.ts';
import { tenantsOf } from '#server/tenants/find-member.ts';
import { testDatabase } from '#server/testing/database.ts';
import { testSettings } from '#server/testing/settings.ts';
import { simulatedMetaWithWeb } from '#server/testing/simulated-meta.ts';
import { startWorker } from '#server/worker.ts';
import { runCommand } from './run-command.ts';
import { secretReader } from './secrets.ts';

// Whole processes and databases are made here: a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000 });

const { owner, url } = testDatabase();
const meta = simulatedMetaWithWeb();
let stop: () => Promise<void>;
const number = { phoneNumberId: '660001', wabaId: '770001', token: 'EAAG-the-token' };

beforeAll(async () => {
  stop = await startWorker();
  await meta.addNumber(number);
});
afterAll(() => stop());

/** Runs a command with these secrets; what it said. */
const setup = (args: string[], secrets: string[] = []) => {
  const input = Readable.from(secrets.map((secret) => `${secret}\n`));
  return runCommand(args, secretReader({ environment: {}, input, say: () => undefined }));
};

/** As `npm run setup --` runs it. */
async function setupProcess(args: string[], stdin: string, variables: Record<string, string> = {}) {
  const { ENCRYPTION_KEY } = testSettings;
  const settings = { NODE_ENV: 'production' as const, DATABASE_URL: url, ENCRYPTION_KEY };
  const child = spawn(process.execPath, ['server/setup/main.ts', ...args], {
    env: { ...settings, ...variables },
  });
  child.stdin.end(stdin);
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const code = child.exitCode ?? (await new Promise((resolve) => child.once('exit', resolve)));
  return { code, said: said.trim(), complained: complained.trim() };
}

const superadmin = ['superadmin', '--email', 'Ada@parley.example', '--name', 'Ada'];
const tenant = [
  ...['tenant', '--slug', 'bakery', '--name', 'Bakery', '--time-zone', 'Europe/Madrid'],
  ...['--owner-email', 'olga@bakery.example', '--owner-name', 'Olga'],
];
const channel = [
  ...['channel', '--tenant', 'bakery', '--waba-id', number.wabaId],
  ...['--phone-number-id', number.phoneNumberId, '--portfolio-id', '880001'],
];
const enter = (email: string, password: string) => signIn({ email, password }, '127.0.0.1', 'test');
const subscriptions = async (method: string) => {
  const answer = await fetch(`${process.env['GRAPH_API_URL']}/v25.0/${number.wabaId}/subscribed_apps`, {
    method,
    headers: { authorization: `Bearer ${number.token}` },
  });
  return (await answer.json()).data;
};

describe('from an empty database to the first answered message', () => {
  test('a superadmin, with a password from stdin, who signs in', async () => {
    expect(await setupProcess(superadmin, 'a good password\n')).toEqual({
      code: 0,
      said: 'ada@parley.example is a superadmin now.',
      complained: '',
    });
    const user = await enter('ada@parley.example', 'a good password');
    expect(await owner.query('select superadmin from users where id = $1', [user?.id])).toMatchObject({
      rows: [{ superadmin: true }],
    });
  });

  test('a tenant with its owner, with a password from the environment', async () => {
    const made = await setupProcess(tenant, '', { SETUP_PASSWORD: 'another password' });
    expect(made).toMatchObject({ code: 0, complained: '' });
    const user = await enter('olga@bakery.example', 'another password');
    expect(await tenantsOf(user?.id ?? '')).toEqual([
      { slug: 'bakery', name: 'Bakery', role: 'owner', state: 'active' },
    ]);
  });

  test('a channel, checked with Meta, whose app hears of its account from now on', async () => {
    await subscriptions('DELETE');
    expect(await setup(channel, [number.token])).toEqual([
      'The number +15550000000 (Test) is connected to bakery.',
      'Its app’s webhooks belong to http://localhost:3000/api/webhooks/whatsapp, field “messages”.',
    ]);
    expect(await subscriptions('GET')).toHaveLength(1);
  });

  test('and who writes there is answered', async () => {
    const who = { from: '4915112345678', text: 'Hi', name: 'Jo' };
    await meta.control('inbound', { phone_number_id: number.phoneNumberId, ...who });
    await expect
      .poll(async () => (await meta.attempts(number)).map(({ request }) => request.text?.body), {
        timeout: 10_000,
      })
      .toEqual(['Hello Jo, thank you for writing to Bakery. What can we do for you?']);
  });
});

describe('done again, it says what is there and asks for nothing', () => {
  test('superadmin', async () => {
    expect(await setup(superadmin)).toEqual([
      'ada@parley.example is a superadmin already; nothing was changed.',
    ]);
  });

  test('tenant', async () => {
    const before = await owner.query('select * from tenants');
    expect(await setup(tenant)).toEqual([
      'The tenant bakery was there already; it stays as it is.',
      'olga@bakery.example is a member of it already (owner).',
    ]);
    expect((await owner.query('select * from tenants')).rows).toEqual(before.rows);
  });

  test('channel: the new token is kept, and the bot is as it was', async () => {
    await setup([...channel, '--bot', 'off'], [number.token]);
    const [renewed] = await setup(channel, [number.token]);
    expect(renewed).toContain('was connected already; it has the new token now.');
    const { rows } = await owner.query('select bot_on, key from channels');
    expect(rows).toEqual([{ bot_on: false, key: number.phoneNumberId }]);
  });

  test('somebody with a login becomes superadmin or owner with the password they have', async () => {
    const [raised] = await setup(['superadmin', '--email', 'olga@bakery.example', '--name', 'Olga']);
    expect(raised).toContain('had a login already');
    const [, owns] = await setup(tenant.with(2, 'patisserie'));
    expect(owns).toContain('with the login and password they had');
    const user = await enter('olga@bakery.example', 'another password');
    expect((await tenantsOf(user?.id ?? '')).map(({ slug }) => slug)).toEqual(['bakery', 'patisserie']);
  });
});

test('each of them is in the audit log, as a command’s deed, with no secret in it', async () => {
  const { rows } = await owner.query(
    "select actor_id, actor_name, action, subject, tenant_id is null as platform from audit where action !~ '^test' order by at, id",
  );
  expect(rows.every((row) => row.actor_id === null && row.actor_name === 'Setup command')).toBe(true);
  expect(rows.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
    'superadmin.granted ada@parley.example',
    'tenant.created Bakery',
    'member.added olga@bakery.example',
    'channel.connected +15550000000',
    'channel.token-replaced +15550000000',
    'channel.token-replaced +15550000000',
    'superadmin.granted olga@bakery.example',
    'tenant.created Bakery',
    'member.added olga@bakery.example',
  ]);
  expect(rows.filter(({ platform }) => platform).map(({ action }) => action)).toEqual([
    'superadmin.granted',
    'superadmin.granted',
  ]);
  const { rows: all } = await owner.query('select a::text as line from audit a');
  for (const secret of [number.token, 'a good password', 'another password'])
    expect(all.filter(({ line }) => line.includes(secret))).toEqual([]);
});

test('somebody who cannot get in any more is let in with a new password alone', async () => {
  const user = await enter('olga@bakery.example', 'another password');
  await owner.query(
    "update users set totp_secret = '\\x00', totp_on_at = now(), email_confirmed_at = null where id = $1",
    [user?.id],
  );
  expect(await setup(['login', '--email', 'olga@bakery.example'], ['one more password'])).toEqual([
    expect.stringContaining('every device was signed out'),
  ]);
  expect(await readSession(user?.sid ?? '')).toBeUndefined();
  expect(await enter('olga@bakery.example', 'another password')).toBeNull();
  const again = await enter('olga@bakery.example', 'one more password');
  expect(await readSession(again?.sid ?? '')).toMatchObject({ confirmed: true, secondFactor: false });
});

test('a channel with a Meta app of its own has its own address and secrets, sealed', async () => {
  const own = { phoneNumberId: '660002', wabaId: '770002', token: 'EAAG-own' };
  await meta.addNumber(own);
  const args = channel
    .with(channel.indexOf(number.wabaId), own.wabaId)
    .with(channel.indexOf(number.phoneNumberId), own.phoneNumberId);
  const [, where] = await setup(
    [...args, '--own-app', '--key', 'bakery-own'],
    ['EAAG-own', 'the app secret', 'the verify token'],
  );
  expect(where).toContain('/api/webhooks/whatsapp/bakery-own,');
  expect(await findChannel('key', 'bakery-own')).toMatchObject({
    ...{ accessToken: 'EAAG-own', appSecret: 'the app secret', verifyToken: 'the verify token' },
  });
  const { rows } = await owner.query('select access_token, app_secret, verify_token from channels');
  const stored = rows.flatMap((row) => Object.values(row)).map(String);
  expect(stored.join()).not.toMatch(/EAAG|the app secret|the verify token/);
});

describe('is refused in plain words, and nothing is written', () => {
  const everything = async () =>
    (
      await owner.query(
        'select (select count(*) from users) u, (select count(*) from tenants) t, (select json_agg(c) from channels c) c',
      )
    ).rows;
  const stranger = channel.with(channel.indexOf(number.phoneNumberId), '999');
  const bob = superadmin.with(2, 'bob@parley.example');

  test.each([
    ['no command', [], [], 'npm run setup -- superadmin'],
    ['an unknown one', ['root'], [], 'npm run setup -- superadmin'],
    ['a missing option', ['superadmin', '--name', 'B'], [], '--email is missing.'],
    ['a wrong one', superadmin.with(2, 'ada'), [], '--email is no e-mail address.'],
    ['a wrong slug', tenant.with(2, 'Bakery!'), [], '--slug takes up to 63 small letters'],
    ['a time zone of nowhere', tenant.with(6, 'Mars/Dome'), [], '--time-zone is no time zone'],
    ['a secret where others see it', [...bob, '--password', 'x'], [], 'superadmin does not take --password.'],
    ['a word too many', [...bob, 'x'], [], 'superadmin does not take a word without an option.'],
    [
      'a login that nobody has',
      ['login', '--email', 'nobody@x.example'],
      ['x'],
      'There is no login nobody@x',
    ],
    ['an easy one', bob, ['password123'], 'first passwords'],
    ['no password', bob, [], 'set SETUP_PASSWORD, or write it to stdin.'],
    ['a short one', bob, ['short'], '10 to 200 characters'],
    ['the demo’s', bob, ['parley-demo'], 'Everybody knows'],
    ['no such tenant', channel.with(2, 'nobody'), ['x'], 'There is no tenant nobody'],
    ['a number of another tenant', channel.with(2, 'patisserie'), ['x'], 'belongs to another tenant'],
    ['another key for it', [...channel, '--key', 'new'], ['x'], 'so it stays'],
    ['a key that is taken', [...stranger, '--key', 'bakery-own'], ['x'], 'choose another one with --key'],
    ['a token that opens nothing', channel, ['wrong'], 'Meta says: Invalid OAuth access token'],
    ['a number that the account lacks', stranger, [number.token], 'The account 770001 has no number 999.'],
  ])('%s', async (_, args, secrets, said) => {
    const before = await everything();
    await expect(setup(args, secrets)).rejects.toThrow(said);
    await expect(setup(args, secrets)).rejects.toBeInstanceOf(Refusal);
    expect(await everything()).toEqual(before);
  });

  test('to the terminal a refusal is its words alone', async () => {
    expect(await setupProcess(tenant.with(2, 'new').with(8, 'new@new.example'), 'short\n')).toEqual({
      code: 1,
      said: '',
      complained: 'A password takes 10 to 200 characters.',
    });
  });

  test('a database that was not migrated with this key', async () => {
    const ENCRYPTION_KEY = Buffer.alloc(32, 'another').toString('base64');
    expect(await setupProcess(superadmin, '', { ENCRYPTION_KEY })).toEqual({
      code: 1,
      said: '',
      complained:
        'The database does not know this application: run npm run migrate with this ENCRYPTION_KEY first.',
    });
  });
});

test('the address that reads every tenant, for dumps', async () => {
  const [address] = await setup(['reader']);
  const reader = new pg.Client({ connectionString: address });
  await reader.connect();
  expect((await reader.query('select slug from tenants order by 1')).rows).toEqual([
    { slug: 'bakery' },
    { slug: 'patisserie' },
  ]);
  await reader.end();
});

test('a channel of a tenant whose owner has chosen no script yet, with the bot off', async () => {
  await owner.query("insert into tenants (id, slug, name) values (gen_random_uuid(), 'quiet', 'Quiet')");
  const quiet = { phoneNumberId: '660003', wabaId: '770003', token: 'EAAG-the-quiet-one' };
  await meta.addNumber(quiet);
  const command = channel
    .with(2, 'quiet')
    .with(channel.indexOf(number.wabaId), quiet.wabaId)
    .with(channel.indexOf(number.phoneNumberId), quiet.phoneNumberId);
  expect((await setup(command, [quiet.token]))[0]).toContain('is connected to quiet');
  expect(
    await owner.query('select bot_on, script_id from channels where phone_number_id = $1', [
      quiet.phoneNumberId,
    ]),
  ).toMatchObject({ rows: [{ bot_on: false, script_id: null }] });
});
