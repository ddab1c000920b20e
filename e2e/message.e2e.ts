import { expect, newPhone, sentTo, test, writes } from './fixtures.ts';

test('a message comes in, the bot answers, an agent takes over and answers, and the phone has it all', async ({
  page,
  context,
  tenant,
  signIn,
}) => {
  await signIn();
  await expect(page).toHaveURL(new RegExp(`/t/${tenant.slug}/inbox`));

  const phone = await context.newPage();
  await phone.goto(`/phone?to=${tenant.phoneNumberId}&as=16505551234`);
  await phone.getByRole('textbox', { name: 'Write as Alex Lind' }).fill('Hello, what does a roof cost?');
  await phone.getByRole('button', { name: 'Send as Alex Lind' }).click();

  // Live in the inbox, without a reload: the message, then the bot's answer, then its ticks.
  await page.bringToFront();
  await page.getByRole('link', { name: /Alex Lind/ }).click();
  const thread = page.getByRole('log');
  await expect(thread.getByText('Hello, what does a roof cost?')).toBeVisible();
  const greeting = thread.getByRole('article').filter({ hasText: 'What can I do for you?' });
  await expect(greeting).toBeVisible();
  await expect(greeting.getByLabel(/Delivered|Read/)).toBeVisible();
  await expect(page.getByText('Bot is answering')).toBeVisible();

  await phone.bringToFront();
  const bubbles = phone.getByRole('log');
  await expect(bubbles.getByText('What can I do for you?')).toBeVisible();
  await bubbles.getByRole('button', { name: 'Get a quote' }).click();
  await expect(bubbles.getByText('What is your name?')).toBeVisible();

  await page.bringToFront();
  await expect(thread.getByText('What is your name?')).toBeVisible();
  await page.getByRole('button', { name: 'Take over' }).first().click();
  const composer = page.getByRole('textbox', { name: 'Message' });
  await composer.fill('This is Mara. I can help you.');
  await page.getByRole('button', { name: 'Send' }).click();
  const mine = thread.getByRole('article').filter({ hasText: 'This is Mara.' });
  await expect(mine.getByLabel(/Delivered|Read/)).toBeVisible();

  await phone.bringToFront();
  await expect(bubbles.getByText('This is Mara. I can help you.')).toBeVisible();
  await phone.getByRole('textbox', { name: 'Write as Alex Lind' }).fill('Thank you');
  await phone.getByRole('button', { name: 'Send as Alex Lind' }).click();

  // A person holds it now: the bot stays silent.
  await page.bringToFront();
  await expect(thread.getByText('Thank you', { exact: true })).toBeVisible();
  expect((await sentTo(tenant, '16505551234')).at(-1)).toBe('This is Mara. I can help you.');

  await page.getByRole('button', { name: 'Hand back to bot' }).click();
  // The line in the thread comes from the server: from here on the bot holds it.
  await expect(thread.getByText(/You handed back to the bot/)).toBeVisible();
  await writes(tenant, '16505551234', 'And when are you open?');
  await expect(thread.getByText('And when are you open?')).toBeVisible();
  await expect.poll(async () => (await sentTo(tenant, '16505551234')).length).toBeGreaterThan(3);

  // Handed back by a click too many: that is said, with a way back.
  await page.getByRole('button', { name: 'Take over' }).first().click();
  await page.getByRole('button', { name: 'Hand back to bot' }).click();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByText('You are answering')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
});

test.describe('with a silent bot', () => {
  test.use({ botOff: true });

  test('a message is in an open inbox within seconds, also after the line was cut', async ({
    page,
    tenant,
    signIn,
    context,
  }) => {
    await signIn();
    const from = newPhone();
    await writes(tenant, from, 'First', { name: 'Nadia Cut' });
    await page.getByRole('link', { name: /Nadia Cut/ }).click();
    await expect(page.getByRole('log').getByText('First')).toBeVisible();

    await context.setOffline(true);
    await writes(tenant, from, 'While you were away');
    await context.setOffline(false);
    await expect(page.getByRole('log').getByText('While you were away')).toBeVisible({ timeout: 12_000 });
    await writes(tenant, from, 'And now');
    await expect(page.getByRole('log').getByText('And now')).toBeVisible({ timeout: 3_000 });
  });

  test('outside the 24-hour window the composer is replaced by a sentence', async ({
    page,
    tenant,
    signIn,
  }) => {
    const from = newPhone();
    const yesterday = Math.floor(Date.now() / 1000) - 24 * 3600 - 60;
    await writes(tenant, from, 'Long ago', { name: 'Otto Late', timestamp: String(yesterday) });
    await signIn();
    await page.getByRole('link', { name: /Otto Late/ }).click();
    await expect(page.getByRole('main')).toContainText('24-hour window');
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveCount(0);

    await writes(tenant, from, 'Back again');
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  });

  test('two agents claim one conversation: the first has it, the other is told', async ({
    page,
    browser,
    tenant,
    signIn,
  }) => {
    const from = newPhone();
    await writes(tenant, from, 'Anybody there?', { name: 'Clara Claim' });
    await signIn();
    await page.getByRole('link', { name: /Clara Claim/ }).click();
    await page.getByRole('textbox', { name: 'Message' }).fill('I am');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByRole('log').getByText('I am', { exact: true })).toBeVisible();
    await expect.poll(() => sentTo(tenant, from)).toEqual(['I am']);

    const { signInOn } = await import('./fixtures.ts');
    const other = await (await browser.newContext()).newPage();
    await signInOn(other, tenant.agents[1].email, tenant.password);
    await other.getByRole('link', { name: /Clara Claim/ }).click();
    await expect(other.getByRole('main')).toContainText('Mara Lindqvist');
    await expect(other.getByRole('textbox', { name: 'Message' })).toHaveCount(0);
    await other.getByRole('button', { name: 'Take over' }).first().click();
    await expect(other.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await other.context().close();
  });
});
