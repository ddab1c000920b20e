import type { Page } from '@playwright/test';
import { expect, expectAccessible, newPhone, sentTo, signInOn, test, writes } from './fixtures.ts';

test.use({ botOff: true });

const box = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const bubble = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
const open = (page: Page, name: string) => page.getByRole('link', { name }).click();

test('what is typed in a tab is that tab’s, whatever the other sends, and outlives a reload', async ({
  page,
  context,
  tenant,
  signIn,
}) => {
  const from = newPhone();
  await writes(tenant, from, 'Hello', { name: 'Dana Draft' });
  await signIn();
  await open(page, 'Dana Draft');
  await box(page).fill('Typed here');
  const other = await context.newPage();
  await other.goto(page.url());
  // Left by the first tab; with the first key it is this one's own.
  await expect(box(other)).toHaveValue('Typed here');
  // The first is too busy to hear of that before it sends.
  const sending = button(page, 'Send').evaluate((send: HTMLButtonElement) => {
    for (const until = Date.now() + 1_500; Date.now() < until; );
    send.click();
  });
  await box(other).fill('Typed there');
  await sending;
  await expect(bubble(page, 'Typed here')).toBeVisible();
  await expect(box(page)).toHaveValue('');
  await expect(bubble(other, 'Typed here')).toBeVisible();
  await expect(box(other)).toHaveValue('Typed there');
  await other.reload();
  await expect(box(other)).toHaveValue('Typed there');
  await expect(box(page)).toHaveValue('');

  // Who has only found it there does not keep it when it is sent.
  const third = await context.newPage();
  await third.goto(page.url());
  await expect(box(third)).toHaveValue('Typed there');
  await button(other, 'Send').click();
  await expect(bubble(third, 'Typed there')).toBeVisible();
  await expect(box(third)).toHaveValue('');
  await expect.poll(() => sentTo(tenant, from)).toEqual(['Typed here', 'Typed there']);
});

test('sent without a connection and gone on: it is told, kept through a reload, and sent again once', async ({
  page,
  context,
  tenant,
  signIn,
}) => {
  const from = newPhone();
  await writes(tenant, newPhone(), 'Hi', { name: 'Olga Other' });
  await writes(tenant, from, 'Hello', { name: 'Olaf Offline' });
  await signIn();
  await open(page, 'Olga Other');
  await expect(box(page)).toBeVisible();
  await open(page, 'Olaf Offline');
  await box(page).fill('Lost on the way?');
  await context.setOffline(true);
  await button(page, 'Send').click();
  await box(page).fill('Typed meanwhile');
  await open(page, 'Olga Other');
  const told = page.getByRole('status').filter({ hasText: 'Not sent to Olaf Offline' });
  await expect(told).toBeVisible();
  await told.getByRole('button', { name: 'Show' }).click();
  await expect(bubble(page, 'Lost on the way?')).toContainText('Not sent. Parley could not be reached');
  await expect(bubble(page, 'Lost on the way?').getByLabel('Failed')).toBeVisible();
  await expect(box(page)).toHaveValue('Typed meanwhile');
  await expectAccessible(page);

  await context.setOffline(false);
  await page.reload();
  await expect(box(page)).toHaveValue('Typed meanwhile');
  await bubble(page, 'Lost on the way?').getByRole('button', { name: 'Send again' }).click();
  await expect(bubble(page, 'Lost on the way?').getByLabel(/Sent|Delivered/)).toBeVisible();
  await expect(bubble(page, 'Lost on the way?')).toHaveCount(1);
  await expect.poll(() => sentTo(tenant, from)).toEqual(['Lost on the way?']);
});

test('what was not sent can be written anew or thrown away, with a way back', async ({
  page,
  context,
  tenant,
  signIn,
}) => {
  await writes(tenant, newPhone(), 'Hello', { name: 'Edda Edit' });
  await signIn();
  await open(page, 'Edda Edit');
  await expect(box(page)).toBeEditable();
  await context.setOffline(true);
  for (const text of ['First thought', 'Second thought']) {
    await box(page).fill(text);
    await button(page, 'Send').click();
  }
  await expect(page.getByText('Not sent.')).toHaveCount(2);
  await box(page).fill('Third');
  await bubble(page, 'First thought').getByRole('button', { name: 'Edit' }).click();
  await expect(box(page)).toHaveValue('First thought\nThird');
  await expect(box(page)).toBeFocused();
  await bubble(page, 'Second thought').getByRole('button', { name: 'Discard' }).click();
  await expect(bubble(page, 'Second thought')).toHaveCount(0);
  await button(page, 'Undo').click();
  await expect(bubble(page, 'Second thought')).toHaveCount(1);
});

test('a colleague was faster: the text stays, with the reason', async ({
  page,
  context,
  browser,
  tenant,
  signIn,
}) => {
  await writes(tenant, newPhone(), 'Hello', { name: 'Fiona Faster' });
  await signIn();
  await open(page, 'Fiona Faster');
  await box(page).fill('Too late');
  await context.setOffline(true);
  const other = await (await browser.newContext()).newPage();
  await signInOn(other, tenant.agents[1].email, tenant.password);
  await open(other, 'Fiona Faster');
  await button(other, 'Take over').click();
  await expect(other.getByText('You are answering')).toBeVisible();
  await other.context().close();

  await button(page, 'Send').click();
  await context.setOffline(false);
  await expect(bubble(page, 'Too late')).toContainText('Not sent. A colleague is answering');
  await expect(page.getByText('is answering', { exact: false }).first()).toBeVisible();
  await expect(box(page)).toHaveCount(0);
  await expect(bubble(page, 'Too late').getByRole('button', { name: 'Send again' })).toHaveCount(0);
  await button(page, 'Take over').click();
  await bubble(page, 'Too late').getByRole('button', { name: 'Send again' }).click();
  await expect(bubble(page, 'Too late').getByLabel(/Sent|Delivered/)).toBeVisible();
});

test('keys that come faster than the page is drawn are all there, the last before Enter too', async ({
  page,
  tenant,
  signIn,
}) => {
  const from = newPhone();
  await writes(tenant, from, 'Hello', { name: 'Frida Fast' });
  await signIn();
  await open(page, 'Frida Fast');
  await box(page).focus();
  // All in one task: nothing is drawn in between.
  await box(page).evaluate((element) => {
    for (const letter of 'all of it') document.execCommand('insertText', false, letter);
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    for (const letter of 'next') document.execCommand('insertText', false, letter);
  });
  await expect(box(page)).toHaveValue('next');
  await expect.poll(() => sentTo(tenant, from)).toEqual(['all of it']);
});

test('a text that is too long is told before it is sent', async ({ page, tenant, signIn }) => {
  const from = newPhone();
  await writes(tenant, from, 'Hello', { name: 'Lola Long' });
  await signIn();
  await open(page, 'Lola Long');
  await box(page).fill('x'.repeat(3_800));
  await expect(page.getByText('3,800 / 4,096')).toBeHidden();
  await box(page).fill('x'.repeat(3_801));
  await expect(page.getByText('3,801 / 4,096')).toBeVisible();
  await box(page).fill('x'.repeat(4_108));
  await expect(page.getByText('4,108 / 4,096')).toBeVisible();
  const sentence = page.getByText('Too long for WhatsApp by 12: shorten it, or send it in parts.');
  await expect(sentence).toBeVisible();
  await expectAccessible(page);
  await box(page).press('Enter');
  await expect(box(page)).toHaveValue('x'.repeat(4_108));
  await box(page).fill('x'.repeat(4_096));
  await expect(sentence).toBeHidden();
  await box(page).press('Enter');
  await expect.poll(() => sentTo(tenant, from)).toEqual(['x'.repeat(4_096)]);
});
