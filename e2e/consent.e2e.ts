import { readFileSync } from 'node:fs';
import { expect, expectAccessible, newPhone, sentTo, test, writes } from './fixtures.ts';
import { mutate, persona } from './persona.ts';

test('STOP is heard and shown, and START takes it back', async ({ page, tenant, signIn }) => {
  const { slug, owner } = tenant;
  const phone = newPhone();
  await writes(tenant, phone, 'Hello', { name: 'Rosa Stopper' });
  await expect.poll(() => sentTo(tenant, phone)).not.toEqual([]);
  const greeting = await sentTo(tenant, phone);
  await signIn(owner.email);
  await page.getByRole('link', { name: /Rosa Stopper/ }).click();

  await writes(tenant, phone, 'STOP');
  const wish = page.getByRole('status', { name: 'Their wish' });
  await expect(wish).toContainText('Said “STOP”: wants no messages');
  await expectAccessible(page);
  // Confirmed once; a second STOP gets no answer, and START gets the next one.
  await expect.poll(() => sentTo(tenant, phone)).toHaveLength(greeting.length + 1);
  await writes(tenant, phone, 'Stop!');
  await expect(page.getByRole('log').getByRole('article').filter({ hasText: 'Stop!' })).toBeVisible();
  await writes(tenant, phone, 'START');
  await expect(wish).toBeHidden();
  await expect.poll(() => sentTo(tenant, phone)).toHaveLength(greeting.length + 2);

  await page.goto(`/t/${slug}/leads`);
  await page.getByRole('link', { name: 'Rosa Stopper' }).click();
  const consent = page.getByRole('region', { name: 'Consent' });
  await expect(consent).toContainText('Agreed to messages');
  await expect(consent).toContainText('They wrote: “STOP”');
  await expectAccessible(page);
});

test('two leads become one and two again, and are taken along as a file', async ({
  page,
  tenant,
  signIn,
}) => {
  const { slug, owner } = tenant;
  const api = await persona({ email: owner.email, password: tenant.password });
  // One person, who wrote on the same line with two numbers.
  await writes(tenant, newPhone(), 'Hello', { name: 'Rosa Stopper' });
  await writes(tenant, newPhone(), 'It is me again', { name: 'Rosa’s new phone' });
  await mutate(api, 'people.add', { tenant: slug, name: '=cmd()', phone: '+34 612 48 90 17' });
  await signIn(owner.email, `/t/${slug}/leads`);
  await page.getByRole('link', { name: 'Rosa Stopper' }).click();
  await page.getByRole('button', { name: 'Merge with…' }).click();
  const merging = page.getByRole('dialog', { name: 'Merge somebody into this lead' });
  await merging.getByLabel('Who is the same person?').fill('new phone');
  await expect(merging.getByRole('listitem').filter({ hasText: 'Rosa’s new phone' })).toBeVisible();
  await expectAccessible(page);
  await merging.getByRole('button', { name: 'Merge' }).click();
  await expect(page.getByText(`${owner.name} merged Rosa’s new phone into this lead`)).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/t/${slug}/inbox`);
  await page.getByRole('link', { name: /Rosa Stopper/ }).click();
  const earlier = page.getByRole('complementary', { name: 'Earlier conversations' });
  await earlier.getByRole('link').click();
  await expect(
    page.getByRole('log').getByRole('article').filter({ hasText: 'It is me again' }),
  ).toBeVisible();
  await page.goto(`/t/${slug}/leads`);
  await page.getByRole('link', { name: 'Rosa Stopper' }).click();
  await page.getByRole('button', { name: 'Undo merge' }).click();
  await expect(page.getByText('The merge was taken back')).toBeVisible();

  await page.getByRole('main').getByRole('link', { name: 'Leads' }).click();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export 3 leads' });
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  await expect(dialog.getByText('3 leads', { exact: true })).toBeVisible();
  await expectAccessible(page);
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^leads-\d{4}-\d\d-\d\d\.csv$/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toContain(`"'=cmd()","'+34612489017"`);
  expect(text.split('\r\n')).toHaveLength(5);
});
