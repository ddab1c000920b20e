import { expect, expectAccessible, newPhone, sim, test } from './fixtures.ts';

test('a number is looked at, its bot switched, ended and taken up again, with all that was written', async ({
  tenant,
  signIn,
}) => {
  const page = await signIn(tenant.owner.email);
  const [from, name] = [newPhone(), 'Nia Okafor'];
  await sim('inbound', { phone_number_id: tenant.phoneNumberId, from, text: 'Is anybody there?', name });
  await expect(page.getByRole('link', { name })).toBeVisible();
  await page.getByRole('link', { name: 'Channels' }).click();
  const row = page.getByRole('region', { name: 'Channels' }).getByRole('listitem');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('Connected', { timeout: 30_000 });
  await expectAccessible(page);

  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('This number uses the platform’s Meta app')).toBeVisible();
  await expectAccessible(page);

  const bot = page.getByRole('switch', { name: /^Bot on/ });
  await expect(bot).toBeChecked();
  await bot.click();
  await expect(bot).not.toBeChecked();

  await page.getByRole('button', { name: 'Replace token…' }).click();
  await page.getByLabel('New access token').fill('not-a-token-of-metas');
  await page.getByRole('button', { name: 'Replace', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('token');
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Disconnect…' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'This number is disconnected' })).toBeVisible();
  await expectAccessible(page);
  const channel = page.url();

  await page.getByRole('link', { name: 'Inbox' }).click();
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('log')).toContainText('Is anybody there?');
  await expect(page.getByText('is disconnected')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeHidden();

  await page.goto(channel);
  await page.getByRole('button', { name: 'Connect again' }).click();
  await expect(page.getByRole('button', { name: 'Disconnect…' })).toBeVisible();
  await page.getByRole('link', { name: 'Inbox' }).click();
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
});

test('an agent sees how the numbers are, and nothing that would change them', async ({ tenant, signIn }) => {
  const page = await signIn(tenant.agents[0].email, `/t/${tenant.slug}/channels`);
  await page.getByRole('region', { name: 'Channels' }).getByRole('listitem').getByRole('link').click();
  await expect(page.getByText('Last webhook')).toBeVisible();
  await expectAccessible(page);
  for (const name of ['Check now', 'Replace token…', 'Disconnect…', 'Show verify token'])
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  await expect(page.getByRole('switch')).toHaveCount(0);

  await page.goto(`/t/${tenant.slug}/channels/of-nobody`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not found');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Back to the channels' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Channels');
});
