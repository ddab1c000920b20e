import { beforeEach, describe, expect, test, vi } from 'vitest';
import { readSession } from '#server/auth/sessions.ts';
import { signIn } from '#server/auth/sign-in.ts';
import { codeAt, stepAt } from '#server/auth/totp.ts';
import { createCaller } from '#server/router.ts';
import { testDatabase } from '#server/testing/database.ts';

process.env['PARLEY_DEMO'] = '1';
const { owner } = testDatabase();
const password = 'horse battery staple';
let made = 0;
let email: string;
let from: { address: string; device: string };

beforeEach(() => {
  made += 1;
  email = `person-${made}@acme.example`;
  from = { address: `198.51.100.${made}`, device: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
});

const stranger = () => createCaller({ user: undefined, from }).account;

/** The person who is signed in with this session, as the next request finds them. */
async function as(sid: string) {
  const user = await readSession(sid);
  if (!user) throw new Error('the session has ended');
  return createCaller({ user, from });
}

const signUp = () => stranger().signUp({ name: 'Noor Haddad', email, password });
const enter = async (secret = password, code?: string) => {
  const found = await signIn({ email, password: secret, ...(code && { code }) }, from.address, from.device);
  return found?.sid ?? 'nobody';
};
async function newcomer() {
  await signUp();
  return enter();
}
async function confirmed() {
  const sid = await newcomer();
  await stranger().confirm({ token: await tokenTo(email) });
  return sid;
}

type Row = { recipient: string; subject: string; link: string | null };
const lettersTo = async (to: string): Promise<Row[]> =>
  (
    await owner.query(
      'select recipient, subject, link from letters where recipient = $1 order by created_at, id',
      [to],
    )
  ).rows;
const tokenTo = async (to: string) =>
  (await lettersTo(to))
    .findLast(({ link }) => link)
    ?.link?.split('/')
    .at(-1) ?? 'none';
const subjects = async (to = email) => (await lettersTo(to)).map(({ subject }) => subject);
const reason = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: { cause?: { reason?: string }; code?: string }) => error.cause?.reason ?? error.code,
  );
const audited = async () =>
  (
    await owner.query("select action from audit where subject = $1 or actor_name = 'Noor Haddad'", [email])
  ).rows.map(({ action }) => action);

describe('signing up', () => {
  test('makes a login that gets in at once, and asks to confirm its address', async () => {
    const user = (await as(await newcomer())).account;
    expect(await user.mine()).toMatchObject({ name: 'Noor Haddad', email, isConfirmed: false });
    expect(await subjects()).toEqual(['Confirm your e-mail address for Parley']);
    expect(await audited()).toContain('account.signed-up');
  });

  test('with an address that somebody has is refused in words, and changes nothing', async () => {
    await signUp();
    expect(await reason(stranger().signUp({ name: 'X', email: ` ${email.toUpperCase()} `, password }))).toBe(
      'email-taken',
    );
    expect(await enter()).not.toBe('nobody');
  });

  test('twice at once makes one login', async () => {
    const answers = await Promise.all([reason(signUp()), reason(signUp()), reason(signUp())]);
    expect(answers.toSorted()).toEqual(['done', 'email-taken', 'email-taken']);
  });

  test.each([
    ['a password that is easy to guess', { password: 'password123' }, 'password'],
    ['its address as password', { password: 'EMAIL' }, 'password'],
    ['no address', { email: 'nobody' }, 'BAD_REQUEST'],
    ['a line break in the name', { name: 'Noor\nBcc: all' }, 'BAD_REQUEST'],
    ['no name', { name: '  ' }, 'BAD_REQUEST'],
  ])('with %s is refused', async (_, wrong, why) => {
    const given = { name: 'Noor', email, password, ...wrong };
    if (given.password === 'EMAIL') given.password = email;
    expect(await reason(stranger().signUp(given))).toBe(why);
    expect((await owner.query('select from users where email = $1', [email])).rowCount).toBe(0);
  });
});

describe('confirming an address', () => {
  test('works by the letter’s link, once', async () => {
    const sid = await newcomer();
    const token = await tokenTo(email);
    expect(await stranger().link({ token })).toEqual({ purpose: 'confirm', email, name: 'Noor Haddad' });
    expect(await stranger().confirm({ token })).toEqual({ email });
    expect(await (await as(sid)).account.mine()).toMatchObject({ isConfirmed: true });
    expect(await stranger().link({ token })).toBeNull();
    expect(await reason(stranger().confirm({ token }))).toBe('link');
  });

  test('takes the newest letter’s link, and no more than five letters an hour', async () => {
    const user = (await as(await newcomer())).account;
    const first = await tokenTo(email);
    await user.sendConfirmation();
    expect(await reason(stranger().confirm({ token: first }))).toBe('link');
    for (let time = 0; time < 4; time += 1) await user.sendConfirmation();
    expect(await reason(user.sendConfirmation())).toBe('too-many');
    expect(await subjects()).toHaveLength(6);
  });

  test('ends after three days', async () => {
    await newcomer();
    const token = await tokenTo(email);
    await owner.query("update account_links set expires_at = expires_at - interval '72 hours'");
    expect(await stranger().link({ token })).toBeNull();
    expect(await reason(stranger().confirm({ token }))).toBe('link');
  });

  test('comes before a tenant of one’s own', async () => {
    const create = async (sid: string) =>
      reason(
        (await as(sid)).onboarding.create({ name: 'Noor’s', timeZone: 'Europe/Madrid', language: 'en' }),
      );
    const sid = await newcomer();
    expect(await create(sid)).toBe('email-unconfirmed');
    await stranger().confirm({ token: await tokenTo(email) });
    expect(await create(sid)).toBe('done');
  });

  test('is kept as a digest only', async () => {
    await newcomer();
    const token = await tokenTo(email);
    const { rows } = await owner.query(
      'select encode(token_hash, $1) as hash, l::text as row from account_links l',
      ['hex'],
    );
    expect(rows.every(({ row }) => !row.includes(token))).toBe(true);
  });
});

describe('changing the address', () => {
  const newEmail = () => `new-${email}`;

  test('happens when the new one’s link is followed, and the old one is told', async () => {
    const sid = await confirmed();
    const user = (await as(sid)).account;
    await user.changeEmail({ email: newEmail(), password });
    expect(await user.mine()).toMatchObject({ email, newEmail: newEmail() });
    await stranger().confirm({ token: await tokenTo(newEmail()) });
    expect(await user.mine()).toMatchObject({ email: newEmail(), newEmail: null, isConfirmed: true });
    expect((await subjects()).at(-1)).toBe('Your e-mail address for Parley was changed');
    expect(await enter()).toBe('nobody');
    expect(await audited()).toContain('account.email-changed');
  });

  test('takes the password, another address, and one that nobody has', async () => {
    const user = (await as(await confirmed())).account;
    await stranger().signUp({ name: 'Other', email: newEmail(), password });
    const change = (to: string, secret = password) =>
      reason(user.changeEmail({ email: to, password: secret }));
    expect(await change(`x-${email}`, 'wrong')).toBe('wrong-password');
    expect(await change(email)).toBe('same-email');
    expect(await change(newEmail())).toBe('email-taken');
  });

  test('fails in words when somebody took the address meanwhile, and can be called off', async () => {
    const user = (await as(await confirmed())).account;
    await user.changeEmail({ email: newEmail(), password });
    const token = await tokenTo(newEmail());
    await stranger().signUp({ name: 'Faster', email: newEmail(), password });
    expect(await reason(stranger().confirm({ token }))).toBe('email-taken');
    await user.keepEmail();
    expect(await user.mine()).toMatchObject({ email, newEmail: null });
    expect(await reason(stranger().confirm({ token }))).toBe('link');
  });
});

describe('changing the password', () => {
  test('keeps this device, ends the others, and tells the owner', async () => {
    const [here, there] = [await confirmed(), await enter()];
    await (await as(here)).account.changePassword({ password, newPassword: 'a newer horse battery' });
    expect(await readSession(here)).toBeDefined();
    expect(await readSession(there)).toBeUndefined();
    expect([await enter(), await enter('a newer horse battery')]).toEqual([
      'nobody',
      expect.stringMatching(/-/),
    ]);
    expect((await subjects()).at(-1)).toBe('Your password for Parley was changed');
  });

  test('takes the old one, at most twenty times in ten minutes, and a good new one', async () => {
    const user = (await as(await confirmed())).account;
    const change = (old: string, newPassword: string) =>
      reason(user.changePassword({ password: old, newPassword }));
    expect(await change(password, 'qwertyuiop')).toBe('password');
    expect(await change(password, email)).toBe('password');
    for (let time = 2; time < 20; time += 1) expect(await change('wrong', 'x')).toBe('wrong-password');
    expect(await change(password, 'a newer horse battery')).toBe('too-many');
  });
});

describe('a lost password', () => {
  test('is set anew by a link that works once; every device is signed out, and the address is shown to be right', async () => {
    const sid = await newcomer();
    await stranger().askForReset({ email });
    const token = await tokenTo(email);
    const set = (secret: string) => stranger().reset({ token, password: secret });
    expect(await reason(set('short'))).toBe('password');
    expect(await set('an entirely new one')).toEqual({ email });
    expect(await reason(set('another new one'))).toBe('link');
    expect(await readSession(sid)).toBeUndefined();
    const again = await enter('an entirely new one');
    expect(await (await as(again)).account.mine()).toMatchObject({ isConfirmed: true });
  });

  test('is answered alike whether somebody has the address or not, and as slowly', async () => {
    await signUp();
    const ask = async (whose: string) => {
      const began = performance.now();
      const answer = await stranger().askForReset({ email: whose });
      return { answer, waited: performance.now() - began >= 395 };
    };
    expect(await ask(email)).toEqual(await ask(`nobody-${email}`));
    expect(await lettersTo(`nobody-${email}`)).toEqual([]);
    for (let time = 0; time < 6; time += 1) expect((await ask(email)).answer).toBeUndefined();
    expect((await subjects()).filter((subject) => subject.startsWith('Set a new'))).toHaveLength(5);
  });

  test('has an hour, and a link of another kind sets none', async () => {
    await signUp();
    const confirmToken = await tokenTo(email);
    expect(await reason(stranger().reset({ token: confirmToken, password: 'an entirely new one' }))).toBe(
      'link',
    );
    await stranger().askForReset({ email });
    const token = await tokenTo(email);
    expect(await reason(stranger().confirm({ token }))).toBe('link');
    await owner.query("update account_links set expires_at = expires_at - interval '1 hour'");
    expect(await reason(stranger().reset({ token, password: 'an entirely new one' }))).toBe('link');
  });

  test('of two who use the link at once one sets it', async () => {
    await signUp();
    await stranger().askForReset({ email });
    const token = await tokenTo(email);
    const answers = await Promise.all(
      ['one new password', 'two new password'].map((secret) =>
        reason(stranger().reset({ token, password: secret })),
      ),
    );
    expect(answers.toSorted()).toEqual(['done', 'link']);
  });
});

describe('sessions', () => {
  test('are told with device, address and times, this one first', async () => {
    const there = await newcomer();
    from = { address: '203.0.113.9', device: 'curl/8' };
    const here = await enter();
    expect(await (await as(here)).account.sessions()).toEqual([
      expect.objectContaining({ id: here, device: 'curl', address: '203.0.113.9', isThisDevice: true }),
      expect.objectContaining({ id: there, device: 'Firefox on Linux', isThisDevice: false }),
    ]);
  });

  test('end one by one, and only one’s own', async () => {
    const [here, there] = [await newcomer(), await enter()];
    email = `other-${email}`;
    const others = await newcomer();
    const user = (await as(here)).account;
    await user.endSession({ id: there });
    await user.endSession({ id: others });
    expect(await readSession(there)).toBeUndefined();
    expect(await readSession(others)).toBeDefined();
    expect((await user.sessions()).map(({ id }) => id)).toEqual([here]);
  });

  test('end everywhere at once', async () => {
    const [here, there] = [await newcomer(), await enter()];
    await (await as(here)).account.signOutEverywhere();
    expect([await readSession(here), await readSession(there)]).toEqual([undefined, undefined]);
    expect(await audited()).toContain('account.signed-out-everywhere');
  });
});

describe('a second factor', () => {
  /** Codes of the steps around now; the one after next is not taken yet. */
  const codeNow = (secret: string, by = 0) => codeAt(secret, stepAt(new Date()) + by);

  async function withFactor() {
    const sid = await confirmed();
    const user = (await as(sid)).account;
    const { secret } = await user.beginSecondFactor({ password });
    const recovery = await user.turnOnSecondFactor({ code: codeNow(secret, -1) });
    return { user, secret, recovery };
  }

  test('is on once a code of it was given; then the password alone opens nothing', async () => {
    const { user, secret, recovery } = await withFactor();
    expect(await user.mine()).toMatchObject({ secondFactor: { since: expect.any(String), codesLeft: 10 } });
    expect(new Set(recovery).size).toBe(10);
    await expect(enter()).rejects.toThrow('CodeWanted');
    await expect(enter(password, '000000')).rejects.toThrow('WrongCode');
    expect(await enter(password, codeNow(secret))).not.toBe('nobody');
    expect(await enter('wrong password', codeNow(secret, 1))).toBe('nobody');
    expect(await subjects()).toContain('Two-factor sign-in for Parley was turned on');
  });

  test('takes no code twice, nor an older one after it, nor the same one by two at once', async () => {
    const { secret } = await withFactor();
    const code = codeNow(secret);
    const both = await Promise.allSettled([enter(password, code), enter(password, code)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(enter(password, code)).rejects.toThrow('WrongCode');
    await expect(enter(password, codeNow(secret, -1))).rejects.toThrow('WrongCode');
  });

  test('is replaced once by each recovery code, however it is typed', async () => {
    const { recovery } = await withFactor();
    const [first = '', second = ''] = recovery;
    expect(await enter(password, ` ${first.toUpperCase().replaceAll('-', ' ')}`)).not.toBe('nobody');
    await expect(enter(password, first)).rejects.toThrow('WrongCode');
    expect(await enter(password, second)).not.toBe('nobody');
    expect((await subjects()).filter((subject) => subject.startsWith('A recovery code'))).toHaveLength(2);
    const { rows } = await owner.query('select r::text as row from recovery_codes r');
    expect(rows.some(({ row }) => recovery.some((code) => row.includes(code.replaceAll('-', ''))))).toBe(
      false,
    );
  });

  test('is guessed at ten times in a quarter of an hour, from anywhere; a recovery code opens all the same', async () => {
    const { secret, recovery } = await withFactor();
    for (let time = 0; time < 10; time += 1)
      await expect(enter(password, '000000')).rejects.toThrow('WrongCode');
    from = { ...from, address: '203.0.113.77' };
    await expect(enter(password, codeNow(secret))).rejects.toThrow(/^RateLimited:\d+$/);
    expect(await enter(password, recovery[0])).not.toBe('nobody');
  });

  test('is kept sealed, for its owner alone', async () => {
    const { secret } = await withFactor();
    const { rows } = await owner.query('select totp_secret from users where email = $1', [email]);
    expect(Buffer.from(rows[0].totp_secret).includes(secret)).toBe(false);
    email = `thief-${email}`;
    await confirmed();
    await owner.query('update users set totp_secret = $1, totp_on_at = now() where email = $2', [
      rows[0].totp_secret,
      email,
    ]);
    await expect(enter(password, codeNow(secret))).rejects.toThrow(/could not be opened/);
  });

  test('is turned off by password and code', async () => {
    const { user, secret, recovery } = await withFactor();
    const off = (code: string, secret = password) =>
      reason(user.turnOffSecondFactor({ code, password: secret }));
    expect(await off(codeNow(secret), 'wrong')).toBe('wrong-password');
    expect(await off('123')).toBe('code');
    expect(await off(codeNow(secret))).toBe('done');
    expect(await enter()).not.toBe('nobody');
    expect(await off(recovery[0] ?? '')).toBe('code');
  });

  test('has new recovery codes in place of the old', async () => {
    const { user, secret, recovery } = await withFactor();
    const renewed = await user.renewRecoveryCodes({ code: codeNow(secret) });
    await expect(enter(password, recovery[0])).rejects.toThrow('WrongCode');
    expect(await enter(password, renewed[0])).not.toBe('nobody');
  });

  test('begins with the password and a confirmed address, and once', async () => {
    const begin = async (sid: string, secret = password) =>
      reason((await as(sid)).account.beginSecondFactor({ password: secret }));
    const sid = await newcomer();
    expect(await begin(sid)).toBe('email-unconfirmed');
    await stranger().confirm({ token: await tokenTo(email) });
    expect(await begin(sid, 'wrong')).toBe('wrong-password');
    expect(await begin(sid)).toBe('done');
    // A secret that nobody has given a code of asks for nothing.
    expect(await enter()).not.toBe('nobody');
    email = `next-${email}`;
    const { user } = await withFactor();
    expect(await reason(user.beginSecondFactor({ password }))).toBe('on-already');
  });

  test('stays when the password is set anew', async () => {
    const { secret } = await withFactor();
    await stranger().askForReset({ email });
    await stranger().reset({ token: await tokenTo(email), password: 'an entirely new one' });
    await expect(enter('an entirely new one')).rejects.toThrow('CodeWanted');
    expect(await enter('an entirely new one', codeNow(secret))).not.toBe('nobody');
  });
});

describe('a superadmin', () => {
  test.each([
    ['production', '0', false, 'second-factor-needed'],
    ['production', '0', true, 'done'],
    ['production', '1', false, 'done'],
    ['development', '0', false, 'done'],
  ])(
    'where NODE_ENV is %s and PARLEY_DEMO %s, with a second factor: %s',
    async (mode, demo, secondFactor, answer) => {
      const before = { NODE_ENV: process.env['NODE_ENV'], PARLEY_DEMO: process.env['PARLEY_DEMO'] };
      vi.resetModules();
      Object.assign(process.env, { NODE_ENV: mode, PARLEY_DEMO: demo });
      const { createCaller: anew } = await import('#server/router.ts');
      const { disconnect } = await import('#server/db/client.ts');
      const user = { id: '01900000-0000-7000-8000-000000000000', email, name: 'S', sid: 'x' };
      const caller = anew({ user: { ...user, superadmin: true, confirmed: true, secondFactor }, from });
      expect(await reason(caller.admin.tenants({}))).toBe(answer);
      await disconnect();
      Object.assign(process.env, before);
    },
  );
});

test('the letters are shown in the demo, and nowhere else', async () => {
  await signUp();
  expect((await stranger().outbox())[0]).toMatchObject({
    to: email,
    link: expect.stringContaining('/confirm/'),
  });
  vi.resetModules();
  process.env['PARLEY_DEMO'] = '0';
  const { createCaller: anew } = await import('#server/router.ts');
  const caller = anew({ user: undefined, from }).account;
  expect(await reason(caller.outbox())).toBe('outbox');
  expect(await caller.canMail()).toBe(false);
  expect(await reason(caller.signUp({ name: 'N', email: `x-${email}`, password }))).toBe('no-mail');
  expect(await reason(caller.askForReset({ email }))).toBe('no-mail');
  await (await import('#server/db/client.ts')).disconnect();
  process.env['PARLEY_DEMO'] = '1';
});
