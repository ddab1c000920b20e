import { expect, expectAccessible, newPhone, sentTo, test, writes } from './fixtures.ts';

test.use({ tier: 'Five a day' });

test('five messages a day: the sixth is held in sight, nobody is turned away, and one can ask for more', async ({
  page,
  tenant,
  signIn,
}) => {
  const first = newPhone();
  await writes(tenant, first, 'Hello', { name: 'Ada First' });
  await expect.poll(() => sentTo(tenant, first)).not.toEqual([]);
  const each = (await sentTo(tenant, first)).length;
  const others = Array.from({ length: Math.ceil(6 / each) }, newPhone);
  for (const phone of others) await writes(tenant, phone, 'Hello', { name: 'Ben Beyond' });

  await signIn(tenant.owner.email);
  await expect(page.getByText('5 of 5 messages of today are used.')).toBeVisible({ timeout: 30_000 });
  const said = async () =>
    (await Promise.all([first, ...others].map((phone) => sentTo(tenant, phone)))).flat();
  expect(await said()).toHaveLength(5);

  const held = page.getByText(/^Held: the quota of messages a day is used up\. It goes out at 00:00/);
  for (const row of await page.getByRole('link', { name: /Ben Beyond/ }).all()) {
    await row.click();
    await expect(page.getByRole('log').getByRole('article').last()).toBeVisible();
    if ((await held.count()) > 0) break;
  }
  await expect(held.first()).toBeVisible();
  await expect(page.getByText('The quota of 5 messages a day is used up')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send' })).toHaveCount(0);
  await expectAccessible(page);

  await page.getByRole('link', { name: 'See the usage' }).first().click();
  const usage = page.getByRole('region', { name: 'Usage' });
  await expect(usage).toContainText('Messages sent today5 of 5');
  await expect(usage).toContainText(/repl(y is|ies are) held at the moment/);
  await usage.getByText('As a table').click();
  await expect(usage.getByRole('row').nth(1)).toContainText('5');
  await expectAccessible(page);

  await expect(usage).toContainText(/Written to first in 24 hours0/);
  await usage.getByRole('button', { name: 'Enter prices…' }).click();
  const prices = page.getByRole('dialog');
  await prices.getByLabel('Currency').fill('eur');
  await prices.getByLabel('Service').fill('0,0456');
  await expectAccessible(page);
  await prices.getByRole('button', { name: 'Save' }).click();
  await expect(prices).toBeHidden();
  await expect(usage).toContainText('Estimated by the prices that were entered here');

  await usage.getByRole('button', { name: 'Ask for more…' }).click();
  await page.getByLabel('What do you need?').fill('Ten a day');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(page.getByText('Asked. You will hear from whoever runs this installation.')).toBeVisible();
  await usage.getByRole('button', { name: 'Ask for more…' }).click();
  await page.getByLabel('What do you need?').fill('Ten a day');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('You have asked within the last 24 hours');
});
