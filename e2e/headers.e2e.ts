import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, signInOn, test } from './fixtures.ts';
import { demoAdmin, mutate, persona } from './persona.ts';
import { dataFolder, ports, project, running } from './product.ts';

const here = `http://localhost:${ports.web}`;
const evil = 'https://evil.example';

/** The Content-Security-Policy, by directive. */
const policyOf = (header: string | undefined) =>
  Object.fromEntries(
    (header ?? '').split(';').map((part) => {
      const [name = '', ...values] = part.trim().split(' ');
      return [name, values];
    }),
  );

test.describe('headers', () => {
  for (const address of ['/', '/sign-in', '/no-such-page', '/phone', '/home'])
    test(`of ${address}`, async () => {
      const [one, two] = [await (await persona()).get(address), await (await persona()).get(address)];
      const headers = one.headers();
      const policy = policyOf(headers['content-security-policy']);
      expect(policy['frame-ancestors']).toEqual(["'none'"]);
      expect(policy['object-src']).toEqual(["'none'"]);
      expect(policy['base-uri']).toEqual(["'self'"]);
      expect(policy['form-action']).toEqual(["'self'"]);
      expect(policy['default-src']).toEqual(["'self'"]);
      const scripts = policy['script-src'] ?? [];
      const [nonce] = scripts.filter((source) => source.startsWith("'nonce-"));
      expect(nonce?.length).toBeGreaterThan(24);
      expect(scripts).not.toContain("'unsafe-inline'");
      expect(scripts).not.toContain("'unsafe-eval'");
      expect(two.headers()['content-security-policy']).not.toContain(nonce);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
        'cross-origin-opener-policy': 'same-origin',
      });
      // By http nobody is bound to https.
      for (const absent of ['x-powered-by', 'access-control-allow-origin', 'strict-transport-security'])
        expect(headers[absent], absent).toBeUndefined();
    });

  test('of what a procedure answers: for nobody’s other page', async () => {
    const answer = await (await persona()).get('/api/trpc/tenants.mine', { headers: { origin: evil } });
    expect(answer.headers()).toMatchObject({ 'x-content-type-options': 'nosniff' });
    expect(answer.headers()['access-control-allow-origin']).toBeUndefined();
  });
});

test('the policy is kept by our own pages, and by nobody’s script among them', async ({ page, tenant }) => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/content.security.policy/i.test(message.text())) broken.push(message.text());
  });
  await signInOn(page, tenant.owner.email, tenant.password);
  for (const room of ['inbox', 'settings', 'settings/members', 'settings/audit']) {
    await page.goto(`/t/${tenant.slug}/${room}`);
    await expect(page.locator('h1').first()).toBeAttached();
  }
  expect(broken).toEqual([]);
  // What somebody smuggles into a page is seen and does nothing.
  const refused = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
        document.body.insertAdjacentHTML('beforeend', '<img src="/no-such" onerror="window.hacked = true">');
        setTimeout(() => resolve('nothing was refused'), 5_000);
      }),
  );
  expect(refused).toMatch(/^script-src/);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('no page of ours is shown in another’s frame', async ({ page }) => {
  await page.route(`${evil}/`, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${here}/sign-in"></iframe>` }),
  );
  await page.goto(`${evil}/`);
  await expect.poll(() => page.frames().length).toBe(2);
  await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/);
  await expect(page.frameLocator('iframe').getByLabel('Email')).toHaveCount(0);
});

test('the session’s cookie is out of reach of scripts and of other sites', async ({
  page,
  context,
  tenant,
}) => {
  await signInOn(page, tenant.owner.email, tenant.password);
  const cookies = await context.cookies();
  const session = cookies.filter(({ name }) => name.includes('session'));
  expect(session).toHaveLength(1);
  for (const cookie of cookies.filter(({ name }) => name.includes('next-auth')))
    expect(cookie, cookie.name).toMatchObject({ httpOnly: true, sameSite: 'Lax', domain: 'localhost' });
  expect(await page.evaluate(() => document.cookie)).not.toContain('next-auth');
});

test.describe('a request from another site', () => {
  const foreign = [
    { origin: evil },
    { origin: 'null' },
    { origin: `${here}.evil.example` },
    { 'sec-fetch-site': 'cross-site' },
  ];

  test('changes nothing through a procedure', async ({ tenant }) => {
    const owner = await persona({ email: tenant.owner.email, password: tenant.password });
    const data = { tenant: tenant.slug, name: 'Taken over', timeZone: 'UTC', language: 'en' };
    for (const headers of foreign) {
      const answer = await owner.post('/api/trpc/tenants.edit', {
        data,
        headers: { ...headers } as Record<string, string>,
      });
      expect(answer.status(), JSON.stringify(headers)).toBe(403);
    }
    // Neither by a form, whose browser asks nobody first.
    const form = await owner.post('/api/trpc/tenants.edit', {
      form: { tenant: tenant.slug },
      headers: { origin: evil },
    });
    expect(form.status()).toBe(403);
    const current = await owner.get(
      `/api/trpc/tenants.current?input=${encodeURIComponent(JSON.stringify({ tenant: tenant.slug }))}`,
    );
    expect((await current.json()).result.data.name).toBe(tenant.name);
    // The same request from our own page is taken.
    expect((await owner.post('/api/trpc/tenants.edit', { data, headers: { origin: here } })).status()).toBe(
      200,
    );
  });

  test('changes nothing by a query’s address either', async ({ tenant }) => {
    const owner = await persona({ email: tenant.owner.email, password: tenant.password });
    const input = encodeURIComponent(
      JSON.stringify({ tenant: tenant.slug, name: 'x', timeZone: 'UTC', language: 'en' }),
    );
    expect((await owner.get(`/api/trpc/tenants.edit?input=${input}`)).status()).toBe(405);
  });

  test('signs nobody in or out', async ({ tenant }) => {
    const login = { email: tenant.owner.email, password: tenant.password };
    const owner = await persona(login);
    const { csrfToken } = await (await owner.get('/api/auth/csrf')).json();
    for (const headers of foreign)
      for (const [address, form] of [
        ['/api/auth/signout', { csrfToken, json: 'true' }],
        ['/api/auth/callback/credentials', { ...login, csrfToken, json: 'true' }],
      ] as const) {
        const answer = await owner.post(address, { form, headers: { ...headers } as Record<string, string> });
        expect(answer.status(), `${address} ${JSON.stringify(headers)}`).toBe(403);
        expect(answer.headers()['set-cookie']).toBeUndefined();
      }
    // From our own page, but without the token that only our page knows.
    const blind = await owner.post('/api/auth/signout', {
      form: { csrfToken: 'guessed' },
      headers: { origin: here },
    });
    expect(blind.headers()['set-cookie'] ?? '').not.toMatch(/session-token=;/);
    expect((await owner.get(`/t/${tenant.slug}/inbox`)).status()).toBe(200);
  });

  test('by a form of its own leaves whoever is lured there signed in', async ({ page, tenant }) => {
    await signInOn(page, tenant.owner.email, tenant.password);
    await page.route(`${evil}/`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${here}/api/auth/signout"><input name="json" value="true"></form>
               <script>document.forms[0].submit()</script>`,
      }),
    );
    await page.goto(`${evil}/`).catch(() => undefined);
    await page.waitForURL(`${here}/**`);
    await page.goto(`/t/${tenant.slug}/inbox`);
    await expect(page).toHaveURL(`${here}/t/${tenant.slug}/inbox`);
  });
});

test.describe('nobody is led to another site', () => {
  const ways = [
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    '/%09/evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '/..//evil.example',
    '/home?next=//evil.example',
  ];

  test('by signing in', async ({ page, tenant }) => {
    await page.goto(
      `/sign-in?next=${encodeURIComponent('//evil.example/x')}&callbackUrl=${encodeURIComponent(evil)}`,
    );
    await page.getByLabel('Email').fill(tenant.owner.email);
    await page.getByLabel('Password').fill(tenant.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(`${here}/t/${tenant.slug}/inbox`);
    for (const way of ways)
      for (const start of ['/sign-in', '/home']) {
        await page.goto(`${start}?next=${encodeURIComponent(way)}`);
        await expect(page, way).toHaveURL((url: URL) => url.origin === here);
      }
  });

  test('by next-auth’s own address to come back to', async ({ tenant }) => {
    const login = { email: tenant.owner.email, password: tenant.password };
    const owner = await persona(login);
    for (const callbackUrl of [evil, '//evil.example', '/\\evil.example', `${here}@evil.example`]) {
      const asked = await owner.get(`/api/auth/signin?callbackUrl=${encodeURIComponent(callbackUrl)}`);
      const leads = asked.headers()['location'];
      if (leads) expect(new URL(leads, here).origin).toBe(here);
      const { csrfToken } = await (await owner.get('/api/auth/csrf')).json();
      for (const address of ['/api/auth/callback/credentials', '/api/auth/signout']) {
        const answer = await owner.post(address, {
          form: { ...login, csrfToken, callbackUrl, json: 'true' },
        });
        const { url } = await answer.json();
        expect(new URL(url, here).origin, `${address} ${callbackUrl}`).toBe(here);
      }
    }
  });
});

test.describe('in production, where APP_URL is https', () => {
  // One product on one port: its tests are one worker's.
  test.describe.configure({ mode: 'default' });
  let web: ChildProcess;
  const base = `http://127.0.0.1:${ports.web + 8}`;

  test.beforeAll(async () => {
    const secrets = JSON.parse(readFileSync(path.join(dataFolder, 'secrets.json'), 'utf8'));
    web = spawn(process.execPath, ['server/main.ts', 'web'], {
      cwd: project,
      env: {
        ...process.env,
        ...{
          PORT: String(ports.web + 8),
          APP_URL: 'https://parley.example',
          DATABASE_URL: running().database,
        },
        ...{ AUTH_SECRET: secrets.authSecret, ENCRYPTION_KEY: secrets.encryptionKey, PARLEY_DEMO: '0' },
        ...{ META_APP_SECRET: 'demo-app-secret', META_VERIFY_TOKEN: 'demo-verify-token' },
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await expect
      .poll(
        () =>
          fetch(`${base}/livez`).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 60_000 },
      )
      .toBe(200);
  });
  test.afterAll(() => void web.kill('SIGTERM'));

  test('pages are asked for by https alone, and no cookie ever goes by http', async ({ tenant }) => {
    // The demo's own opens no door here.
    const { email } = tenant.owner;
    const newPassword = 'a password of the test';
    const owner = await persona({ email, password: tenant.password });
    await mutate(owner, 'account.changePassword', { password: tenant.password, newPassword });
    const answer = await fetch(`${base}/sign-in`);
    expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
    const csrf = await fetch(`${base}/api/auth/csrf`);
    const given = csrf.headers.getSetCookie();
    const { csrfToken } = await csrf.json();
    const signedIn = await fetch(`${base}/api/auth/callback/credentials`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: given.map((cookie) => cookie.split(';')[0]).join('; ') },
      body: new URLSearchParams({
        email,
        password: newPassword,
        csrfToken,
        json: 'true',
      }),
    });
    const cookies = [...given, ...signedIn.headers.getSetCookie()];
    const session = cookies.find((cookie) => cookie.startsWith('__Secure-next-auth.session-token='));
    expect(session).toBeDefined();
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__(Secure|Host)-/);
      for (const word of ['HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(word);
    }
  });

  test('nothing opens to a superadmin who signed in with the password alone', async () => {
    // The demo's password opens no door here, so the session is one that the demo gave: same secret, same database.
    const admin = await persona(demoAdmin);
    expect((await admin.get('/admin/tenants')).status()).toBe(200);
    const { cookies } = await admin.storageState();
    const token = cookies.find(({ name }) => name.endsWith('next-auth.session-token'))?.value;
    const ask = (address: string) =>
      fetch(`${base}${address}`, {
        redirect: 'manual',
        headers: { cookie: `__Secure-next-auth.session-token=${token}` },
      });
    for (const address of ['/admin', '/admin/tenants', '/admin/tenants/acme']) {
      const answer = await ask(address);
      expect(answer.headers.get('location'), address).toMatch(/\/account$/);
      expect(await answer.text()).not.toContain('Acme Solar');
    }
    expect(await (await ask('/account')).text()).toContain('Two-factor');
    const input = encodeURIComponent(JSON.stringify({ slug: 'acme' }));
    for (const procedure of ['admin.tenants?input=%7B%7D', `admin.tenant?input=${input}`]) {
      const answer = await ask(`/api/trpc/${procedure}`);
      expect(answer.status, procedure).toBe(412);
      expect(await answer.json()).toMatchObject({ error: { data: { refusal: 'second-factor-needed' } } });
    }
  });
});
