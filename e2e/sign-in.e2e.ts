import type { Page } from '@playwright/test';
import pg from 'pg';
import { expect, expectAccessible, newPhone, signInOn, test, writes } from './fixtures.ts';
import { ports, running } from './product.ts';

/** As people do it; elsewhere `signInOn` leaves out the form. */
async function typeSignIn(page: Page, email: string, password: string) {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a wrong password is told in words, the right one leads to the inbox', async ({ page, tenant }) => {
  await page.goto('/sign-in');
  await expectAccessible(page);
  await page.getByLabel('Email').fill(tenant.agents[0].email);
  await page.getByLabel('Password').fill('not the one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'do not match' })).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel('Password').fill(tenant.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(new RegExp(`/t/${tenant.slug}/inbox$`));
});

test('signing in works under 127.0.0.1 as well as under localhost', async ({ browser, tenant }) => {
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${ports.web}` });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await typeSignIn(page, tenant.agents[0].email, tenant.password);
  await expect(page).toHaveURL(`http://127.0.0.1:${ports.web}/t/${tenant.slug}/inbox`);

  const cookie = (await context.cookies()).find(({ name }) => name.includes('session'));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', domain: '127.0.0.1' });
  await context.close();
});

test('rooms without a session lead to the sign-in, and signing out ends the session for good', async ({
  page,
  context,
  tenant,
  signIn,
}) => {
  await page.goto(`/t/${tenant.slug}/inbox`);
  await expect(page).toHaveURL(/\/sign-in/);

  await signIn();
  const kept = await context.cookies();
  await page.getByRole('button', { name: /Mara Lindqvist/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in|\/$/);

  // Whoever has copied the cookie has nothing.
  await context.addCookies(kept);
  await page.goto(`/t/${tenant.slug}/inbox`);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('somebody else’s tenant looks exactly like none, and so does the superadmin’s area', async ({
  page,
  signIn,
}) => {
  await signIn();
  const seen: string[] = [];
  for (const path of ['/t/acme/inbox', '/t/no-such-tenant/inbox', '/admin/tenants']) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not found');
    seen.push((await page.getByRole('main').textContent())?.trim() ?? '');
  }
  expect(new Set(seen).size).toBe(1);
  await expectAccessible(page);
});

test('pages carry the headers that keep others out', async ({ request }) => {
  const answer = await request.get('/sign-in');
  const headers = answer.headers();
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-/);
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBeTruthy();
  expect(headers['x-powered-by']).toBeUndefined();
  expect(headers['access-control-allow-origin']).toBeUndefined();
});

test('a link to a conversation leads there after the sign-in, one to somebody else’s leads home', async ({
  page,
  browser,
  tenant,
}) => {
  const from = newPhone();
  await writes(tenant, from, 'Linked to', { name: 'Lin Linked' });
  await signInOn(page, tenant.agents[0].email, tenant.password);
  await page.getByRole('link', { name: /Lin Linked/ }).click();
  await expect(page.getByRole('log')).toBeVisible();
  const address = new URL(page.url()).pathname;

  for (const [path, arrives] of [
    [address, address],
    ['/t/acme/inbox', `/t/${tenant.slug}/inbox`],
  ] as const) {
    const context = await browser.newContext({ baseURL: `http://localhost:${ports.web}` });
    const visit = await context.newPage();
    await visit.goto(path);
    await typeSignIn(visit, tenant.agents[0].email, tenant.password);
    await visit.waitForURL((url) => url.pathname === arrives);
    await context.close();
  }
});

test('who is signed in is led on from the sign-in, and from the tenant’s address to its inbox', async ({
  page,
  tenant,
  signIn,
}) => {
  await signIn();
  const inbox = new RegExp(`/t/${tenant.slug}/inbox$`);
  for (const path of ['/sign-in', `/t/${tenant.slug}`, `/sign-in?next=/t/${tenant.slug}`]) {
    await page.goto(path);
    await expect(page, path).toHaveURL(inbox);
  }
  expect((await page.goto('/t/acme'))?.status()).toBe(404);
});

test('a sign-out in one tab empties the others at once, and who comes back is where they were', async ({
  page,
  context,
  tenant,
  signIn,
}) => {
  const from = newPhone();
  await writes(tenant, from, 'For members only', { name: 'Sina Secret' });
  await signIn();
  const other = await context.newPage();
  await other.goto(`/t/${tenant.slug}/inbox`);
  await other.getByRole('link', { name: /Sina Secret/ }).click();
  await expect(other.getByRole('log').getByText('For members only')).toBeVisible();
  const address = new URL(other.url()).pathname;

  await page.getByRole('button', { name: /Mara Lindqvist/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(other.getByText('For members only')).toBeHidden({ timeout: 2_000 });
  await typeSignIn(other, tenant.agents[0].email, tenant.password);
  await other.waitForURL((url) => url.pathname === address);
});

test('a session that is revoked elsewhere, or a place that is taken away, ends what is open', async ({
  browser,
  tenant,
}) => {
  const database = new pg.Client({ connectionString: running().database });
  await database.connect();
  for (const { agent, sql, arrives } of [
    {
      agent: tenant.agents[0],
      sql: 'update sessions set revoked_at = now() where user_id = (select id from users where email = $1)',
      arrives: 'Sign in',
    },
    {
      agent: tenant.agents[1],
      sql: 'delete from members where user_id = (select id from users where email = $1)',
      arrives: 'Not found',
    },
  ]) {
    const context = await browser.newContext({ baseURL: `http://localhost:${ports.web}` });
    const [page, other] = [await context.newPage(), await context.newPage()];
    await signInOn(page, agent.email, tenant.password);
    await other.goto(page.url());
    for (const tab of [page, other]) await expect(tab.getByRole('searchbox')).toBeVisible();
    // Until the stream is up there is nothing to end.
    await writes(tenant, newPhone(), 'Hi', { name: `Before ${agent.name}` });
    await expect(page.getByRole('link', { name: `Before ${agent.name}` })).toBeVisible();

    await database.query(sql, [agent.email]);
    for (const tab of [page, other])
      await expect(tab.getByRole('heading', { level: 1 })).toHaveText(arrives, { timeout: 8_000 });
    await context.close();
  }
  await database.end();
});
