import { randomBytes } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { codeOf } from './authenticator.ts';
import { expect, expectAccessible, test } from './fixtures.ts';
import { ports } from './product.ts';

const password = 'horse battery staple';
const newEmail = () => `noor-${randomBytes(4).toString('hex')}@sign-up.example`;

async function signUp(page: Page, email: string) {
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill('Noor Haddad');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign up' }).click();
}

/** The link in the newest letter to somebody, from the demo's outbox; read in a window of its own. */
async function linkTo(browser: Browser, email: string, subject: string): Promise<string> {
  const context = await browser.newContext({ baseURL: `http://localhost:${ports.web}` });
  const page = await context.newPage();
  await page.goto('/outbox');
  const letter = page
    .getByRole('listitem')
    .filter({ hasText: `To ${email}` })
    .filter({ hasText: subject });
  const link = await letter.getByRole('link').first().textContent();
  await context.close();
  // The letter names the installation by APP_URL, which here has another port.
  return new URL(link ?? '').pathname;
}

async function signIn(page: Page, email: string, secret: string) {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a stranger signs up, confirms by letter, and takes care of the login', async ({ page, browser }) => {
  const email = newEmail();
  await page.goto('/sign-up');
  await expectAccessible(page);
  await page.getByLabel('Your name').fill('Noor Haddad');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill('password123');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'first passwords' })).toBeVisible();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign up' }).click();

  // Let in at once; a business of one's own waits for the letter, and then goes on by itself.
  await expect(page).toHaveURL(/\/onboarding$/);
  await expect(page.getByRole('heading', { name: 'Confirm your e-mail address' })).toBeVisible();
  await expectAccessible(page);
  const other = await (await browser.newContext({ baseURL: `http://localhost:${ports.web}` })).newPage();
  await other.goto('/outbox');
  await expectAccessible(other);
  const link = await linkTo(browser, email, 'Confirm your e-mail address');
  await other.goto(link);
  await expect(other.getByText(email)).toBeVisible();
  await expectAccessible(other);
  await other.getByRole('button', { name: 'Confirm' }).click();
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Your address is confirmed');
  await expect(page.getByLabel('Business name')).toBeVisible();
  await other.goto(link);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('This link does not work any more');
  await expectAccessible(other);

  // On a second device.
  await signIn(other, email, password);
  await other.waitForURL(/\/onboarding$/);

  await page.goto('/account');
  await expectAccessible(page);
  const devices = page.getByRole('list', { name: 'Devices' }).getByRole('listitem');
  await expect(devices).toHaveCount(2);
  await expect(devices.first()).toContainText('This device');
  await expect(devices.first()).toContainText(/Chrome|Chromium/);

  // A new password signs the other device out.
  await page.getByLabel('Current password').fill('not the one');
  await page.getByLabel('New password').fill('a newer horse battery');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'This is not your password' })).toBeVisible();
  await page.getByLabel('Current password').fill(password);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Your other devices were signed out')).toBeVisible();
  await expect(devices).toHaveCount(1);
  await other.goto('/account');
  await expect(other).toHaveURL(/\/sign-in/);

  // A second factor, and what stands in for it.
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByLabel('Your password').fill('a newer horse battery');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await expectAccessible(page);
  const key = (await page.getByText('Or type this key').locator('code').textContent()) ?? '';
  await page.getByLabel('Code', { exact: true }).fill('000000');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'does not fit' })).toBeVisible();
  await page.getByLabel('Code', { exact: true }).fill(codeOf(key));
  await page.getByRole('button', { name: 'Turn on' }).click();
  const recovery = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(recovery).toHaveCount(10);
  await expectAccessible(page);
  const [first = ''] = await recovery.allTextContents();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('10 of your recovery codes are left')).toBeVisible();

  await signIn(other, email, 'a newer horse battery');
  await other.getByLabel('Code').fill('000000');
  await expectAccessible(other);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other.getByRole('alert').filter({ hasText: 'does not fit' })).toBeVisible();
  await other.getByLabel('Code').fill(codeOf(key, 1));
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.waitForURL(/\/onboarding$/);

  // A third device, by a recovery code; ended from the first one.
  const third = await (await browser.newContext({ baseURL: `http://localhost:${ports.web}` })).newPage();
  await signIn(third, email, 'a newer horse battery');
  await third.getByLabel('Code').fill(first);
  await third.getByRole('button', { name: 'Sign in' }).click();
  await third.waitForURL(/\/onboarding$/);
  await page.reload();
  await expect(page.getByText('9 of your recovery codes are left')).toBeVisible();
  await expect(devices).toHaveCount(3);
  await devices
    .nth(1)
    .getByRole('button', { name: /^Sign out/ })
    .click();
  await expect(devices).toHaveCount(2);

  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  for (const device of [other, third]) {
    await device.goto('/account');
    await expect(device).toHaveURL(/\/sign-in/);
  }
});

test('a lost password is set anew by a letter, which says nothing to who has no login', async ({
  page,
  browser,
}) => {
  const email = newEmail();
  await signUp(page, email);
  await page.waitForURL(/\/onboarding$/);
  const other = await (await browser.newContext({ baseURL: `http://localhost:${ports.web}` })).newPage();
  await other.goto('/sign-in');
  await other.getByRole('link', { name: 'Password lost?' }).click();
  await other.waitForURL(/\/reset$/);
  await expectAccessible(other);
  const said: string[] = [];
  for (const asked of [`nobody-${email}`, email]) {
    await other.goto('/reset');
    await other.getByLabel('Email').fill(asked);
    await other.getByRole('button', { name: 'Send the link' }).click();
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('Look into your mailbox');
    said.push(((await other.getByRole('main').textContent()) ?? '').replace(asked, ''));
  }
  expect(said[0]).toBe(said[1]);
  await expectAccessible(other);

  const link = await linkTo(browser, email, 'Set a new password');
  await other.goto(link);
  await expectAccessible(other);
  await other.getByLabel('New password').fill('an entirely new one');
  await other.getByRole('button', { name: 'Set the password' }).click();
  await other.waitForURL(/\/onboarding$/);
  // The letter has shown that the address is right.
  await expect(other.getByLabel('Business name')).toBeVisible();
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
  await other.goto(link);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('This link does not work any more');
});

test('the address is changed by a link to the new one, and the old one is told', async ({
  page,
  browser,
}) => {
  const [email, wanted] = [newEmail(), newEmail()];
  await signUp(page, email);
  await page.waitForURL(/\/onboarding$/);
  await page.goto('/account');
  await expect(page.getByText('Not confirmed')).toBeVisible();
  await page.getByRole('button', { name: 'Change address' }).click();
  await page.getByLabel('New address').fill(wanted);
  await page.getByLabel('Your password').fill(password);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText(`on its way to ${wanted}`)).toBeVisible();
  await page.goto(await linkTo(browser, wanted, 'Confirm your new e-mail address'));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText(`you sign in with ${wanted}`)).toBeVisible();
  await page.goto('/account');
  await expect(page.getByText(wanted)).toBeVisible();
  await expect(page.getByText('Confirmed', { exact: true })).toBeVisible();
  await page.goto('/outbox');
  const told = page.getByRole('listitem').filter({ hasText: `To ${email}` });
  await expect(told.filter({ hasText: 'was changed' })).toBeVisible();
});
