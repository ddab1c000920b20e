import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, newPhone, sentTo, signInOn, test, writes } from './fixtures.ts';

/** Opens a lead's conversation from the list. */
async function open(page: Page, name: string) {
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
}

const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const log = (page: Page) => page.getByRole('log');

/** Presses a button, waits until `done`, and presses once more where it was. */
async function pressTwice(page: Page, target: Locator, done: Locator) {
  const place = await target.boundingBox();
  if (!place) throw new Error('the button is not on the page');
  const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
  await page.mouse.click(x, y);
  await expect(done).toBeVisible();
  await page.mouse.click(x, y);
}

test('while the bot answers one can write: it is said that sending takes over, and one can give it back', async ({
  page,
  tenant,
  signIn,
}) => {
  const from = newPhone();
  await writes(tenant, from, 'Hello', { name: 'Berta Bot' });
  await signIn();
  await open(page, 'Berta Bot');
  await expect(page.getByText('Bot is answering')).toBeVisible();
  await expect(page.getByText('at step 1 of 6, “Welcome”')).toBeVisible();
  await box(page).fill('A person here');
  await expect(page.getByText('Sending takes over from the bot')).toBeVisible();
  await expect(page.getByText('Bot is answering')).toBeVisible();
  await expectAccessible(page);

  await button(page, 'Send').click();
  await expect(page.getByText('You are answering')).toBeVisible();
  await expect(page.getByText('Sending takes over from the bot')).toBeHidden();
  await expect.poll(async () => (await sentTo(tenant, from)).at(-1)).toBe('A person here');

  await button(page, 'Hand back to bot').click();
  await expect(page.getByText('Bot is answering')).toBeVisible();
  await expect(page.getByText('at step 1 of 6, “Welcome”')).toBeVisible();
  await expect(box(page)).toBeVisible();
});

test('handed back after the script’s end, the bot is said to begin anew', async ({
  page,
  tenant,
  signIn,
}) => {
  const from = newPhone();
  await writes(tenant, from, 'A person, please', { name: 'Eva Ende' });
  await signIn();
  await open(page, 'Eva Ende');
  await expect(page.getByText('Nobody is answering')).toBeVisible();
  await button(page, 'Take over').click();
  await button(page, 'Hand back to bot').click();
  await expect(page.getByText('from the start, once the lead writes')).toBeVisible();
});

for (const width of [1440, 390]) {
  test(`a late second press hits nothing that has come in its place, at ${width} pixels`, async ({
    page,
    tenant,
    signIn,
  }) => {
    const from = newPhone();
    await writes(tenant, from, 'Hello', { name: 'Dora Double' });
    await signIn();
    await page.setViewportSize({ width, height: 844 });
    await open(page, 'Dora Double');
    await box(page).fill('Kept for later');

    await pressTwice(page, button(page, 'Take over'), page.getByText('You are answering'));
    await pressTwice(page, button(page, 'Hand back to bot'), page.getByText('Bot is answering'));
    await expect(log(page).getByText('You handed back to the bot')).toHaveCount(1);
    await expect(log(page).getByText('You took over')).toHaveCount(1);

    await button(page, 'Take over').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('You are answering')).toBeVisible();
    await expect(box(page)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(box(page)).toHaveValue('Kept for later');
    await button(page, 'Hand back to bot').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Bot is answering')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(log(page).getByText('You handed back to the bot')).toHaveCount(2);
    await expect(log(page).getByText('You took over')).toHaveCount(2);
    expect(await sentTo(tenant, from)).toHaveLength(1);
  });
}

test('a late second press on taking over from a colleague neither sends nor hands back', async ({
  page,
  browser,
  tenant,
  signIn,
}) => {
  const from = newPhone();
  await writes(tenant, from, 'Hello', { name: 'Cora Colleague' });
  await signIn();
  await open(page, 'Cora Colleague');
  await box(page).fill('Kept for later');

  const other = await (await browser.newContext()).newPage();
  await signInOn(other, tenant.agents[1].email, tenant.password);
  await open(other, 'Cora Colleague');
  await button(other, 'Take over').click();
  await expect(other.getByText('You are answering')).toBeVisible();
  await other.context().close();

  await expect(box(page)).toBeHidden();
  await pressTwice(page, button(page, 'Take over'), page.getByText('You are answering'));
  await expect(box(page)).toHaveValue('Kept for later');
  await expect(log(page).getByText('You took over')).toBeVisible();
  await expect(log(page).getByText('You handed back to the bot')).toHaveCount(0);
});

test.describe('with a silent bot', () => {
  test.use({ botOff: true });

  test('a late second press on closing or reopening does nothing', async ({ page, tenant, signIn }) => {
    await writes(tenant, newPhone(), 'Done?', { name: 'Klara Klick' });
    await signIn();
    await open(page, 'Klara Klick');
    await pressTwice(page, button(page, 'Close'), page.getByText('Closed by you'));
    await expect(log(page).getByText('You closed the conversation')).toBeVisible();
    await pressTwice(page, button(page, 'Reopen'), page.getByText('Nobody is answering'));
    await expect(log(page).getByText('You reopened the conversation')).toBeVisible();
    await expect(page.getByText('Nobody is answering')).toBeVisible();
    await expect(log(page).getByText('You closed the conversation')).toHaveCount(1);
  });

  test('a closed conversation says who closed it, and opens by a button or by sending', async ({
    page,
    browser,
    tenant,
    signIn,
  }) => {
    const from = newPhone();
    await writes(tenant, from, 'Done?', { name: 'Karla Klar' });
    await signIn();
    await open(page, 'Karla Klar');
    await button(page, 'Close').click();
    await expect(page.getByText('Closed by you')).toBeVisible();
    await expect(page.getByText('Opens again when the lead writes')).toBeVisible();
    await expect(page.getByText('is answering')).toBeHidden();
    await expectAccessible(page);
    await button(page, 'Reopen').click();
    await expect(page.getByText('Nobody is answering')).toBeVisible();
    await button(page, 'Close').click();
    await expect(page.getByText('Closed by you')).toBeVisible();

    const other = await (await browser.newContext()).newPage();
    await signInOn(other, tenant.agents[1].email, tenant.password);
    await other.goto(page.url());
    await expect(other.getByText(`Closed by ${tenant.agents[0].name}`)).toBeVisible();
    await expect(other.getByText('Sending opens the conversation again and makes it yours')).toBeVisible();
    await box(other).fill('One more thing');
    await button(other, 'Send').click();
    await expect(other.getByText('You are answering')).toBeVisible();
    await other.context().close();
    await expect.poll(() => sentTo(tenant, from)).toEqual(['One more thing']);
  });

  for (const unread of [12, 170]) {
    test(`a conversation with ${unread} unread messages opens at the first of them, and is read`, async ({
      page,
      tenant,
      signIn,
    }) => {
      const from = newPhone();
      const said = Array.from({ length: unread }, (_, index) => `Unread ${index + 1}\nin\nfour\nlines`);
      await writes(tenant, from, 'Seen before', { name: 'Nora New' });
      await signIn();
      await open(page, 'Nora New');
      const row = page.getByRole('link', { name: 'Nora New' });
      await expect(row).not.toContainText('unread');
      await page.goto(`/t/${tenant.slug}/inbox`);
      for (const text of said) await writes(tenant, from, text);
      await expect(row).toContainText(unread > 99 ? '99+' : String(unread));

      await row.click();
      await expect(page.getByRole('separator', { name: 'New' })).toBeInViewport();
      const first = page.getByRole('article').filter({ hasText: /^Unread 1\s/ });
      await expect(first).toBeInViewport({ ratio: 1 });
      await expect(button(page, `${unread} new`)).toBeVisible();
      // Nobody has scrolled.
      await expect(row).not.toContainText('unread');
      await expect(button(page, `${unread} new`)).toBeVisible();
      await button(page, `${unread} new`).click();
      await expect(page.getByRole('article').last()).toBeInViewport({ ratio: 1 });
    });
  }

  test('a window that stands open beside other work reads nothing', async ({ page, tenant, signIn }) => {
    const from = newPhone();
    await writes(tenant, from, 'First', { name: 'Wim Window' });
    await page.addInitScript(() => {
      document.hasFocus = () => !('elsewhere' in window);
    });
    await signIn();
    await open(page, 'Wim Window');
    const row = page.getByRole('link', { name: 'Wim Window' });
    await expect(row).not.toContainText('unread');

    await page.evaluate(() => {
      Object.assign(window, { elsewhere: true });
      window.dispatchEvent(new Event('blur'));
    });
    await writes(tenant, from, 'Second');
    await expect(log(page).getByText('Second')).toBeVisible();
    await expect(row).toContainText('unread');
    await page.evaluate(() => {
      Reflect.deleteProperty(window, 'elsewhere');
      window.dispatchEvent(new Event('focus'));
    });
    await expect(row).not.toContainText('unread');
  });

  test('what comes while one reads further up is unread until the end is in sight', async ({
    page,
    tenant,
    signIn,
  }) => {
    const from = newPhone();
    for (let index = 0; index < 30; index += 1)
      await writes(tenant, from, `Before ${index}`, { name: 'Ulf Up' });
    await signIn();
    await open(page, 'Ulf Up');
    const row = page.getByRole('link', { name: 'Ulf Up' });
    await expect(row).not.toContainText('unread');
    await log(page).evaluate((element) => element.scrollTo({ top: -element.scrollHeight }));
    await writes(tenant, from, 'Two more');
    await writes(tenant, from, 'The last');
    await expect(row).toContainText('2 unread');
    await page.getByRole('button', { name: /new$/ }).click();
    await expect(log(page).getByText('The last')).toBeInViewport();
    await expect(row).not.toContainText('unread');
  });

  test('an address at which there is no conversation says so beside the list, and leads on', async ({
    page,
    tenant,
    signIn,
  }) => {
    await writes(tenant, newPhone(), 'Hello', { name: 'Nina Near' });
    await signIn();
    for (const nowhere of ['01980000-0000-7000-8000-000000000000', 'nothing']) {
      const answer = await page.goto(`/t/${tenant.slug}/inbox/${nowhere}`);
      expect(answer?.status()).toBe(404);
      await expect(
        page.getByText('This conversation does not exist, or it is not yours to see.'),
      ).toBeVisible();
      await expectAccessible(page);
      await open(page, 'Nina Near');
      await expect(log(page).getByText('Hello')).toBeVisible();
    }
    await page.goto(`/t/${tenant.slug}/inbox/nothing`);
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await expect(page.getByText('No conversation is open')).toBeVisible();
  });

  test('on a phone, Back closes the sheet about the lead before it leaves the conversation', async ({
    page,
    tenant,
    signIn,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await writes(tenant, newPhone(), 'Hello', { name: 'Sina Sheet' });
    await signIn();
    await open(page, 'Sina Sheet');
    const sheet = page.getByRole('dialog', { name: 'Lead' });
    async function openSheet() {
      await button(page, 'More').click();
      await page.getByRole('menuitem', { name: 'About the lead' }).click();
      await expect(sheet).toBeVisible();
    }
    await openSheet();
    await page.goBack();
    await expect(sheet).toBeHidden();
    await expect(log(page).getByText('Hello')).toBeVisible();
    // Closed by hand it leaves nothing behind that Back would have to go through.
    await openSheet();
    await sheet.getByRole('button', { name: 'Close' }).click();
    await expect(sheet).toBeHidden();
    await page.goBack();
    await expect(page.getByRole('link', { name: 'Sina Sheet' })).toBeVisible();
    await expect(log(page)).toBeHidden();
  });

  test('a name that runs from right to left begins where every other does', async ({
    page,
    tenant,
    signIn,
  }) => {
    await writes(tenant, newPhone(), 'Hello', { name: 'كريم حداد' });
    await signIn();
    await open(page, 'كريم حداد');
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      const [name, line] = await page.getByRole('heading', { name: 'كريم حداد' }).evaluate((heading) => {
        const range = document.createRange();
        const left = (node: Node | null) => {
          range.selectNodeContents(node ?? heading);
          return Math.round(range.getBoundingClientRect().left);
        };
        const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
        return [left(walker.nextNode()), left(heading.nextElementSibling)];
      });
      expect(Math.abs((name ?? 0) - (line ?? 0))).toBeLessThanOrEqual(2);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    const facts = page.getByRole('complementary', { name: 'Lead' });
    const lefts = await facts.getByRole('definition').evaluateAll((all) =>
      all.map((one) => {
        const range = document.createRange();
        range.selectNodeContents(one);
        return Math.round(range.getBoundingClientRect().left);
      }),
    );
    expect(Math.max(...lefts) - Math.min(...lefts)).toBeLessThanOrEqual(2);
  });

  test.describe('far from the tenant’s clock', () => {
    test.use({ timezoneId: 'Pacific/Auckland' });

    test('times and days are the tenant’s, and say which', async ({ page, tenant, signIn }) => {
      await writes(tenant, newPhone(), 'Hello', { name: 'Tina Time' });
      const madrid = () =>
        new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Madrid', hour: '2-digit', minute: '2-digit' });
      const [before, written] = [madrid().format(Date.now() - 60_000), madrid().format(Date.now())];
      await signIn();
      await open(page, 'Tina Time');
      const time = page.getByRole('article').filter({ hasText: 'Hello' }).getByRole('time');
      await expect(time).toHaveText(new RegExp(`${before}|${written}`));
      await expect(time).toHaveAttribute('title', /\(Europe\/Madrid\)$/);
      await expect(page.getByRole('complementary', { name: 'Lead' })).toContainText('(Europe/Madrid)');
      await expect(log(page).getByText('Today')).toHaveAttribute('title', /Europe\/Madrid/);
    });
  });
});
