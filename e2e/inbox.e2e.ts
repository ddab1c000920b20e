import { expect, expectAccessible, newPhone, sentTo, sim, test, writes } from './fixtures.ts';

test.use({ botOff: true });

test('the list is newest first, counts what is unread, and finds by name and number', async ({
  page,
  tenant,
  signIn,
}) => {
  const [anna, bela] = [newPhone(), newPhone()];
  await writes(tenant, anna, 'One', { name: 'Anna Ahorn' });
  await writes(tenant, bela, 'Two', { name: 'Béla Birke' });
  await writes(tenant, anna, 'Three', { name: 'Anna Ahorn' });
  await signIn();
  const links = page.getByRole('link', { name: /Ahorn|Birke/ });
  await expect(links).toHaveCount(2);
  await expect(links.first()).toContainText('Anna Ahorn');
  await expect(links.first()).toContainText('2');
  await expectAccessible(page);

  const search = page.getByRole('searchbox');
  await search.fill('birke');
  await search.press('Enter');
  await expect(links).toHaveCount(1);
  await search.fill(anna.slice(-7));
  await expect(page.getByRole('link', { name: /Anna Ahorn/ })).toBeVisible();
  await search.fill('BELA birk');
  await expect(links).toHaveCount(1);
  await expect(links).toContainText('Béla Birke');
  await search.fill('nobody by this name');
  await expect(links).toHaveCount(0);
  await search.fill('a whole letter '.repeat(40));
  await expect(page.getByText(/No conversation with “a whole letter/)).toBeVisible();
  await search.fill('');

  await page.getByRole('link', { name: /Anna Ahorn/ }).click();
  await expect(page.getByRole('log').getByText('Three')).toBeVisible();
  await expect(page.getByRole('link', { name: /Anna Ahorn/ })).not.toContainText('unread');
  await expectAccessible(page);
});

test('a closed conversation leaves the open ones, is found, and opens again when the lead writes', async ({
  page,
  tenant,
  signIn,
}) => {
  const from = newPhone();
  await writes(tenant, from, 'Done?', { name: 'Karl Klar' });
  await signIn();
  const link = page.getByRole('link', { name: /Karl Klar/ });
  await link.click();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('log').getByText(/You closed the conversation/)).toBeVisible();
  await page.goto(`/t/${tenant.slug}/inbox`);
  await expect(page.getByRole('heading', { name: 'Inbox' }).first()).toBeVisible();
  await expect(link).toHaveCount(0);
  await page.getByRole('searchbox').fill('klar');
  await expect(link).toBeVisible();
  await page.getByRole('searchbox').fill('');

  await writes(tenant, from, 'One more thing');
  await expect(link).toContainText('One more thing');
  await link.click();
  await expect(page.getByRole('log').getByText(/Opened again, because the lead wrote/)).toBeVisible();
  await expect(page.getByText('Nobody is answering')).toBeVisible();
});

test('a message that cannot be delivered says why and what to do', async ({ page, tenant, signIn }) => {
  const from = `16${String(Date.now()).slice(-6)}131026`;
  await writes(tenant, from, 'Hello?', { name: 'Nora Nowhere' });
  await signIn();
  await page.getByRole('link', { name: /Nora Nowhere/ }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Can you hear me?');
  await page.getByRole('button', { name: 'Send' }).click();
  const bubble = page.getByRole('article').filter({ hasText: 'Can you hear me?' });
  await expect(bubble.getByLabel('Failed')).toBeVisible();
  await expect(page.getByRole('log')).toContainText('not on WhatsApp');
  await expectAccessible(page);
});

test('a send that Meta never answers is unknown, holds nobody up for ever, and is sent again by a person only', async ({
  page,
  tenant,
  signIn,
}) => {
  test.setTimeout(120_000);
  const from = newPhone();
  await writes(tenant, from, 'Are you there?', { name: 'Ulla Unknown' });
  await sim('rules', { action: 'reset', delivered: false, phone_number_id: tenant.phoneNumberId });
  await signIn();
  await page.getByRole('link', { name: /Ulla Unknown/ }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Lost on the way');
  await page.getByRole('button', { name: 'Send' }).click();
  const bubble = page.getByRole('article').filter({ hasText: 'Lost on the way' });
  await expect(bubble.getByLabel('Unknown')).toBeVisible();
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(bubble).toHaveCount(2);
  await expect(bubble.last().getByLabel(/Delivered|Sent/)).toBeVisible({ timeout: 60_000 });
  expect((await sentTo(tenant, from)).filter((text) => text === 'Lost on the way')).toHaveLength(2);
  await expect(bubble.first().getByLabel('Unknown')).toBeVisible();

  await page.reload();
  await expect(page.getByRole('button', { name: 'Send again' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Sent again, below' }).click();
  await expect(bubble.last()).toBeFocused();
});

test('a kind without a bubble is an honest placeholder with everything behind it', async ({
  page,
  tenant,
  signIn,
}) => {
  const from = newPhone();
  await writes(tenant, from, '', {
    name: 'Otto Order',
    text: undefined,
    type: 'location',
    location: { latitude: 48.2, longitude: 16.37 },
  });
  await signIn();
  await page.getByRole('link', { name: /Otto Order/ }).click();
  const bubble = page.getByRole('article').filter({ hasText: 'Location' });
  await bubble.getByText('Details').click();
  await expect(bubble).toContainText('16.37');
});

test('the keyboard does it all: find, open, answer, close', async ({ page, tenant, signIn }) => {
  const from = newPhone();
  await writes(tenant, from, 'By keyboard', { name: 'Kim Keys' });
  await signIn();
  await expect(page.getByRole('link', { name: /Kim Keys/ })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log').getByText('By keyboard')).toBeVisible();
  await page.keyboard.press('r');
  await page.keyboard.type('Typed');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('in two lines');
  await page.keyboard.press('Enter');
  await expect.poll(() => sentTo(tenant, from)).toEqual(['Typed\nin two lines']);
  await page.keyboard.press('Escape');
  await page.getByRole('log').focus();
  await page.keyboard.press('e');
  await expect(page.getByRole('log').getByText(/You closed the conversation/)).toBeVisible();
});

test('on a phone there is one pane at a time, with a way back', async ({ page, tenant, signIn }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const from = newPhone();
  await writes(tenant, from, 'Small screen', { name: 'Pia Pane' });
  await signIn();
  await page.getByRole('link', { name: /Pia Pane/ }).click();
  await expect(page.getByRole('log').getByText('Small screen')).toBeVisible();
  await expect(page.getByRole('searchbox')).toBeHidden();
  await page.getByRole('textbox', { name: 'Message' }).fill('From a phone');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('log').getByText('From a phone')).toBeVisible();
  await page
    .getByRole('link', { name: /Back/ })
    .or(page.getByRole('button', { name: /Back/ }))
    .first()
    .click();
  await expect(page.getByRole('link', { name: /Pia Pane/ })).toBeVisible();
  await expectAccessible(page);
});

test('a hundred messages are on the page at once, and older ones come when one scrolls up', async ({
  page,
  tenant,
  signIn,
}) => {
  const from = newPhone();
  for (let index = 0; index < 120; index += 1)
    await writes(tenant, from, `Message number ${index}`, { name: 'Lena Long' });
  await signIn();
  await page.getByRole('link', { name: /Lena Long/ }).click();
  await expect(page.getByRole('log').getByText('Message number 119', { exact: true })).toBeVisible();
  expect(await page.getByRole('article').count()).toBeGreaterThanOrEqual(100);
  await expect(async () => {
    await page.getByRole('log').evaluate((log) => log.scrollTo({ top: 0 }));
    await expect(page.getByRole('log').getByText('Message number 0', { exact: true })).toBeAttached({
      timeout: 1_000,
    });
  }).toPass();
});
