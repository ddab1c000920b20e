import type { Page } from '@playwright/test';
import { expect, expectAccessible, newPhone, sim, test } from './fixtures.ts';

type Fresh = Record<'phoneNumberId' | 'wabaId' | 'token' | 'appId' | 'appSecret', string>;

const line = (page: Page, words: string | RegExp) =>
  page.getByRole('list', { name: 'Checks' }).getByRole('listitem').filter({ hasText: words });
const outcome = (page: Page, words: string | RegExp) => line(page, words).getByRole('img').first();
const isConnected = (page: Page) =>
  expect(page.getByRole('status').filter({ hasText: 'Connected' })).toBeVisible();

/** The word on the page, sent by somebody's phone, and the reply that goes out for it. */
async function sendWord(page: Page, phoneNumberId: string) {
  await expect(line(page, 'A message comes in')).toContainText('write to');
  const text = await line(page, 'A message comes in').locator('.select-all').textContent();
  await sim('inbound', { phone_number_id: phoneNumberId, from: newPhone(), text, name: 'Jo' });
  await expect(outcome(page, 'A message comes in')).toHaveAccessibleName('Passed');
  await expect(outcome(page, 'A reply goes out')).toHaveAccessibleName('Passed', { timeout: 20_000 });
}

test('by hand: a wrong secret is named and mended on the spot, then a phone’s word is answered', async ({
  tenant,
  signIn,
}) => {
  const page = await signIn(tenant.owner.email);
  const number = await sim<Fresh>('numbers/fresh', { verifiedName: 'Bakery' });
  await page.goto(`/t/${tenant.slug}/channels/connect`);
  await page.getByRole('button', { name: 'Check the number' }).click();
  await expect(page.getByLabel('App secret')).toHaveAccessibleDescription('Copy it from Meta.');
  await expectAccessible(page);

  await page.getByLabel('Phone number ID').fill(number.phoneNumberId);
  await page.getByLabel('WhatsApp Business account ID').fill(number.wabaId);
  await page.getByLabel('App ID').fill(number.appId);
  await page.getByLabel('App secret').fill('not-the-secret');
  await page.getByLabel('Access token').fill(number.token);
  await page.getByLabel('PIN (optional)').fill('123456');
  await page.getByRole('button', { name: 'Check the number' }).click();

  await expect(outcome(page, 'The token is valid')).toHaveAccessibleName('Passed');
  await expect(outcome(page, 'The app secret is wrong')).toHaveAccessibleName('Failed');
  await expect(line(page, 'Meta reaches us')).toContainText('Waits for: The app secret fits the app');
  await expectAccessible(page);

  // Left and taken up again: the draft is where it was.
  await page.goto(`/t/${tenant.slug}/channels/connect`);
  await page.getByRole('link', { name: 'Go on' }).click();
  await expect(outcome(page, 'The app secret is wrong')).toHaveAccessibleName('Failed');
  await page.getByLabel('App secret').fill(number.appSecret);
  await page.getByRole('button', { name: 'Save and check' }).click();
  await isConnected(page);
  await expectAccessible(page);
  await sendWord(page, number.phoneNumberId);
  await expectAccessible(page);
});

test('a demo number is connected in one click', async ({ tenant, signIn }) => {
  const page = await signIn(tenant.owner.email, `/t/${tenant.slug}/channels/connect`);
  await page.getByRole('button', { name: 'Connect a demo number' }).click();
  await isConnected(page);
  await expect(page.getByRole('link', { name: 'Open the phone' })).toHaveAttribute(
    'href',
    /^\/phone\?to=\d+$/,
  );
  const { numbers } = await sim<{ numbers: { phoneNumberId: string; verifiedName: string }[] }>('numbers');
  const mine = numbers.findLast(({ verifiedName }) => verifiedName === tenant.name);
  await sendWord(page, mine?.phoneNumberId ?? '');
});

test('through Meta’s dialog: left once, finished then, on a page that alone may talk to Meta', async ({
  tenant,
  signIn,
}) => {
  const page = await signIn(tenant.owner.email);
  const plain = await page.goto(`/t/${tenant.slug}/channels/connect`);
  expect(plain?.headers()['content-security-policy']).not.toContain('facebook');
  expect(plain?.headers()['cross-origin-opener-policy']).toBe('same-origin');
  const loaded = page.waitForResponse((answer) => answer.url().endsWith('/channels/connect/facebook'));
  await page.getByRole('link', { name: 'Continue with Facebook' }).click();
  const headers = (await loaded).headers();
  expect(headers['content-security-policy']).toContain("connect-src 'self' https://*.facebook.com");
  expect(headers['cross-origin-opener-policy']).toBe('same-origin-allow-popups');
  await expectAccessible(page);

  const open = async () => {
    const [dialog] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Open Meta’s window' }).click(),
    ]);
    return dialog;
  };
  // The window closes itself at once, before a click could tell that it is done.
  const press = (dialog: Page, name: string) =>
    dialog
      .getByRole('button', { name })
      .evaluate((button: HTMLButtonElement) => void setTimeout(() => button.click()));
  await press(await open(), 'Cancel');
  await expect(page.getByRole('alert').filter({ hasText: 'Nothing was connected' })).toBeVisible();
  const dialog = await open();
  await dialog.getByLabel('Business name').fill('Kiosk');
  await press(dialog, 'Finish');
  await isConnected(page);
});

test('an agent is told who may connect a number, by name, and offered nothing in vain', async ({
  tenant,
  signIn,
}) => {
  const page = await signIn();
  const root = `/t/${tenant.slug}/channels/connect`;
  for (const path of ['', '/facebook', '/01900000-0000-7000-8000-000000000000']) {
    await page.goto(`${root}${path}`);
    const main = page.getByRole('main');
    await expect(main).toContainText('Only an owner or an admin can connect a number');
    await expect(main).toContainText(`Ask ${tenant.owner.name}.`);
    await expect(main.getByRole('button')).toHaveCount(0);
  }
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Back to the channels' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Channels');
});
