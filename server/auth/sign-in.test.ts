import { encode } from 'next-auth/jwt';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { testSettings } from '#server/testing/settings.ts';
import { currentUser } from './current-user.ts';
import { hashPassword } from './passwords.ts';
import { beginSession, readSession, revokeSession, sessionLasts } from './sessions.ts';
import { SignInLimited, signIn } from './sign-in.ts';
import { countSignIn } from './sign-in-limit.ts';

const { owner } = testDatabase();
const password = 'secret of the test';
let tenant: TestTenant;
let visitors = 0;
let address: string;

beforeAll(async () => {
  tenant = await makeTenant();
});

beforeEach(() => {
  visitors += 1;
  address = `10.0.0.${visitors}`;
});

const email = () => tenant.agent.email;
const sessions = async () => (await owner.query('select from sessions')).rowCount;

describe('signing in', () => {
  test('with the right password begins a session for the device', async () => {
    const found = await signIn({ email: email(), password }, address, 'Firefox');
    expect(found).toMatchObject({ id: tenant.agent.id, email: email() });
    const { rows } = await owner.query('select user_id, device from sessions where id = $1', [found?.sid]);
    expect(rows).toEqual([{ user_id: tenant.agent.id, device: 'Firefox' }]);
  });

  test('minds neither capitals nor spaces around the e-mail, but both in the password', async () => {
    expect(await signIn({ email: ` ${email().toUpperCase()} `, password }, address, '')).not.toBeNull();
    expect(await signIn({ email: email(), password: password.toUpperCase() }, address, '')).toBeNull();
    expect(await signIn({ email: email(), password: ` ${password}` }, address, '')).toBeNull();
  });

  test.each([
    ['a wrong password', () => ({ email: email(), password: 'wrong' })],
    ['a login that nobody has', () => ({ email: 'nobody@nowhere.example', password })],
    ['no password', () => ({ email: email(), password: '' })],
    ['no e-mail', () => ({ password })],
    ['a password without an end', () => ({ email: email(), password: 'x'.repeat(100_000) })],
    ['lists', () => ({ email: [email()], password: [password] })],
    ['an object for a condition', () => ({ email: { contains: '@' }, password })],
    ['nothing', () => undefined],
    ['quotes', () => ({ email: "' or true --", password })],
  ])('with %s is one and the same no, and begins nothing', async (_, input) => {
    const before = await sessions();
    expect(await signIn(input(), address, '')).toBeNull();
    expect(await sessions()).toBe(before);
  });

  test('with NUL in it begins nothing', async () => {
    const before = await sessions();
    await signIn({ email: `a\0${email()}`, password }, address, '').catch(() => null);
    expect(await sessions()).toBe(before);
  });
});

describe('too many attempts', () => {
  test('at one login from one address are held up, even with the right password', async () => {
    for (let attempt = 0; attempt < 30; attempt += 1) expect(await countSignIn(address, email())).toBe(0);
    const tried = signIn({ email: email(), password }, address, '');
    await expect(tried).rejects.toBeInstanceOf(SignInLimited);
    await expect(tried).rejects.toThrow(/^RateLimited:\d+$/);
  });

  test('hold up nobody at another address, and no other login', async () => {
    for (let attempt = 0; attempt < 40; attempt += 1) await countSignIn(address, email());
    expect(await countSignIn(address, tenant.owner.email)).toBe(0);
    expect(await countSignIn(`${address}0`, email())).toBe(0);
  });

  test('at many logins from one address are held up as well', async () => {
    for (let attempt = 0; attempt < 200; attempt += 1) await countSignIn(address, `user-${attempt}`);
    expect(await countSignIn(address, 'one more')).toBeGreaterThan(0);
  });
});

describe('the demo’s password', () => {
  afterEach(() => {
    Object.assign(process.env, { NODE_ENV: 'test' });
    delete process.env['PARLEY_DEMO'];
  });

  test.each([
    ['test', '0', true],
    ['development', '0', true],
    ['production', '1', true],
    ['production', '0', false],
  ])('where NODE_ENV is %s and PARLEY_DEMO is %s opens the door: %s', async (mode, demo, opens) => {
    await owner.query('update users set password_hash = $1 where id = $2', [
      await hashPassword('parley-demo'),
      tenant.owner.id,
    ]);
    vi.resetModules();
    Object.assign(process.env, { NODE_ENV: mode, PARLEY_DEMO: demo });
    const { signIn: anew } = await import('#server/auth/sign-in.ts');
    const { disconnect } = await import('#server/db/client.ts');
    const found = await anew({ email: tenant.owner.email, password: 'parley-demo' }, address, '');
    await disconnect();
    expect(found !== null).toBe(opens);
  });
});

describe('a session', () => {
  const read = (sid: string, now?: Date) => readSession(sid, now);

  test('tells who it is, and nothing of the password', async () => {
    const sid = await beginSession(tenant.agent.id, 'x'.repeat(1000));
    expect(await read(sid)).toEqual({
      id: tenant.agent.id,
      email: email(),
      name: 'Mara',
      superadmin: false,
      confirmed: true,
      secondFactor: false,
      sid,
    });
  });

  test('ends when it is revoked, at once', async () => {
    const sid = await beginSession(tenant.agent.id, '');
    await revokeSession(sid);
    expect(await read(sid)).toBeUndefined();
  });

  test('ends after a week, to the millisecond', async () => {
    const now = new Date();
    const sid = await beginSession(tenant.agent.id, '', now);
    const end = now.getTime() + sessionLasts * 1000;
    expect(await read(sid, new Date(end - 1))).toBeDefined();
    expect(await read(sid, new Date(end))).toBeUndefined();
  });

  test('ends with its user', async () => {
    const other = await makeTenant();
    const sid = await beginSession(other.agent.id, '');
    await owner.query('delete from users where id = $1', [other.agent.id]);
    expect(await read(sid)).toBeUndefined();
  });

  test('notes its last use once a minute', async () => {
    const now = new Date();
    const sid = await beginSession(tenant.agent.id, '', now);
    const seen = async () =>
      (await owner.query('select last_seen_at from sessions where id = $1', [sid])).rows[0].last_seen_at;
    await read(sid, new Date(now.getTime() + 59_000));
    expect(await seen()).toEqual(now);
    await read(sid, new Date(now.getTime() + 61_000));
    expect(await seen()).toEqual(new Date(now.getTime() + 61_000));
  });
});

describe('a cookie', () => {
  const secret = testSettings.AUTH_SECRET;
  const name = 'next-auth.session-token';
  const user = async (value: string | undefined, called = name) =>
    (await currentUser((asked) => (asked === called ? value : undefined)))?.id;

  test('of ours is its session’s user', async () => {
    const sid = await beginSession(tenant.agent.id, '');
    const cookie = await encode({ token: { sid }, secret });
    expect(await user(cookie)).toBe(tenant.agent.id);
    expect(await user(cookie, `__Secure-${name}`)).toBeUndefined();
    await revokeSession(sid);
    expect(await user(cookie)).toBeUndefined();
  });

  test.each([
    ['none', async () => undefined],
    ['an empty one', async () => ''],
    ['nonsense', async () => 'nonsense'],
    ['a session’s bare id', async () => beginSession(tenant.agent.id, '')],
    [
      'one made with another secret',
      async () =>
        encode({ token: { sid: await beginSession(tenant.agent.id, '') }, secret: 'another secret' }),
    ],
    [
      'an old one',
      async () => encode({ token: { sid: await beginSession(tenant.agent.id, '') }, secret, maxAge: -60 }),
    ],
    ['one without a session', async () => encode({ token: { sub: tenant.agent.id, sid: '' }, secret })],
    ['one of a session that never was', async () => encode({ token: { sid: newId() }, secret })],
    ['one whose session is no id', async () => encode({ token: { sid: "' or true --" }, secret })],
    ['an unsigned one', async () => `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ sid: newId() }))}.`],
    [
      'one with a changed letter',
      async () => {
        const cookie = await encode({ token: { sid: await beginSession(tenant.agent.id, '') }, secret });
        // Not the last letter, whose lower bits are nobody's.
        return cookie.replace(/.(?=.{9}$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
      },
    ],
  ])('is nobody’s: %s', async (_, make) => {
    expect(await user(await make())).toBeUndefined();
  });
});
