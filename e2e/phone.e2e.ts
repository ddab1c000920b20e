import { expect, expectAccessible, newPhone, test, writes } from './fixtures.ts';

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
