import { setTimeout as sleep } from 'node:timers/promises';
import { expect, expectAccessible, newPhone, test, writes } from './fixtures.ts';
import { layLine } from './line.ts';
import { ports } from './product.ts';

test('the simulated phone needs no sign-in and shows what went over the wire', async ({ page, tenant }) => {
  await page.goto(`/phone?to=${tenant.phoneNumberId}&as=221775550142`);
  await page.getByRole('textbox', { name: 'Write as Fatou Sarr' }).fill('Bonjour');
  await page.getByRole('button', { name: 'Send as Fatou Sarr' }).click();
  const chat = page.getByRole('log');
  await expect(chat.getByText('Bonjour')).toBeVisible();
  await expect(chat.getByText('What can I do for you?')).toBeVisible();
  await expect(page.getByText('text, 7 characters').first()).toBeVisible();
  await expectAccessible(page);
});

test('what is sent on the phone’s behalf is all that its door passes on', async ({ request, tenant }) => {
  await writes(tenant, newPhone(), 'Hello');
  expect((await request.get('/_sim/people')).status()).toBe(200);
  expect((await request.get('/_sim/messages')).status()).toBe(404);
  expect((await request.post('/_sim/reset', { data: {} })).status()).toBe(404);
});

test('who has nothing to say is offered something, and the bot answers it', async ({ page, tenant }) => {
  await page.goto(`/phone?to=${tenant.phoneNumberId}&as=221775550142`);
  await page.getByRole('button', { name: 'What are your opening hours?' }).click();
  const chat = page.getByRole('log');
  await expect(chat.getByText('What are your opening hours?')).toBeVisible();
  await expect(chat.getByText('What can I do for you?')).toBeVisible();
});

test('after a line that swallowed everything the phone says so, and then shows what it missed', async ({
  page,
  tenant,
}) => {
  const line = await layLine(ports.web);
  const from = newPhone();
  await writes(tenant, from, 'Before', { name: 'Pia Phone' });
  await page.goto(`http://localhost:${line.port}/phone?to=${tenant.phoneNumberId}&as=${from}`);
  const chat = page.getByRole('log');
  await expect(chat.getByText('Before')).toBeVisible();
  line.cut('swallows');
  await writes(tenant, from, 'In the dark');
  await expect(page.getByText(/The connection is lost/)).toBeVisible();
  await sleep(4_000);
  line.mend({ forgets: true });
  await expect(chat.getByText('In the dark')).toBeVisible();
  await expect(page.getByText(/The connection is lost/)).toBeHidden();
  line.close();
});
