import { expect, expectAccessible, newPhone, test, writes } from './fixtures.ts';

test.use({ botOff: true });

test('what opens over the page keeps to its landmarks, names and contrast', async ({ page, signIn }) => {
  await signIn();
  await page.getByRole('button', { name: /Mara Lindqvist/ }).click();
  await expect(page.getByRole('navigation').getByRole('menu')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Go to' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
  await expectAccessible(page);
});

test('the list goes by keys: from the search by arrows, by j and k, to its ends', async ({
  page,
  tenant,
  signIn,
}) => {
  for (const name of ['Carl Cedar', 'Bela Birch', 'Anna Ahorn'])
    await writes(tenant, newPhone(), 'Hi', { name });
  await signIn();
  const row = (name: string) => page.getByRole('link', { name: new RegExp(name) });
  await expect(row('Carl Cedar')).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  for (const [key, name] of [
    ['ArrowDown', 'Anna Ahorn'],
    ['ArrowDown', 'Bela Birch'],
    ['End', 'Carl Cedar'],
    ['ArrowDown', 'Carl Cedar'],
    ['k', 'Bela Birch'],
    ['Home', 'Anna Ahorn'],
    ['j', 'Bela Birch'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(row(name), key).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(row('Bela Birch')).toHaveAttribute('aria-current', 'true');
});

test('the palette goes to a conversation by a part of the name, and does what it names', async ({
  page,
  tenant,
  signIn,
}) => {
  await writes(tenant, newPhone(), 'Find me', { name: 'Zoë Österberg' });
  await signIn();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('osterb');
  // The conversation, and below it the lead.
  await expect(page.getByRole('option', { name: /Zoë Österberg/ })).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log').getByText('Find me')).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('theme: dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('sign out');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('names that run from right to left begin where the others do', async ({ page, tenant, signIn }) => {
  const latin = newPhone();
  const names = ['كريم حداد', 'מרים כהן', 'Karl Kern'];
  for (const name of names) await writes(tenant, name === 'Karl Kern' ? latin : newPhone(), 'Hi', { name });
  /** Where the letters of the first text like this one begin, in pixels from the left. */
  const leftOf = (text: string) =>
    page
      .getByText(text, { exact: true })
      .first()
      .evaluate((element) => {
        const letters = document.createRange();
        letters.selectNodeContents(element);
        return Math.round(letters.getBoundingClientRect().left);
      });
  await signIn();
  for (const path of [`/t/${tenant.slug}/inbox`, `/phone?to=${tenant.phoneNumberId}&as=${latin}`]) {
    await page.goto(path);
    await expect(page.getByText('Karl Kern', { exact: true }).first()).toBeVisible();
    const [first = 0, ...others] = await Promise.all(names.map(leftOf));
    for (const other of others) expect(Math.abs(other - first), path).toBeLessThanOrEqual(2);
  }
});
