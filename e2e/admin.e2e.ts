import { expect, expectAccessible, newPhone, signInOn, test, writes } from './fixtures.ts';
import { demoAdmin, persona } from './persona.ts';

test('the superadmin finds a tenant among all, by page, name, owner and state', async ({ page, tenant }) => {
  await signInOn(page, demoAdmin.email, demoAdmin.password);
  await expect(page).toHaveURL(/\/admin\/tenants/);
  await expect(page.getByText('You see every tenant')).toBeVisible();
  const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
  await page.getByRole('searchbox').fill(tenant.slug);
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Active');
  await page.getByRole('searchbox').fill('owner@acme.example');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Acme Solar');
  await page.getByRole('combobox', { name: 'State' }).selectOption('Suspended');
  await expect(page.getByText('No tenant matches')).toBeVisible();
  await page.getByRole('combobox', { name: 'State' }).selectOption('All states');
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Tenant', exact: true }).click();
  await expect(page.getByRole('columnheader', { name: 'Tenant' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows.first()).toContainText('Acme Solar');
  await expectAccessible(page);
});

test('a tenant is suspended before its members’ eyes, and resumed with what people wrote meanwhile', async ({
  page,
  browser,
  tenant,
}) => {
  const theirs = await (await browser.newContext()).newPage();
  await signInOn(theirs, tenant.owner.email, tenant.password);
  await expect(theirs).toHaveURL(new RegExp(`/t/${tenant.slug}/inbox`));

  await signInOn(page, demoAdmin.email, demoAdmin.password, `/admin/tenants/${tenant.slug}`);
  await expect(page.getByRole('heading', { level: 1, name: tenant.name })).toBeVisible();
  await expect(page.getByText(tenant.owner.email)).toBeVisible();
  await page.getByRole('button', { name: 'Suspend' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Suspend' })).toBeDisabled();
  await dialog.getByLabel('Why').fill('The bill of October is open');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Suspend' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Suspended', { exact: true }).first()).toBeVisible();

  // No reload of theirs: the open inbox leaves by itself.
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(`${tenant.name} is suspended`);
  await expect(theirs.getByText('The bill of October is open')).toBeVisible();
  await expect(theirs.getByRole('link', { name: demoAdmin.email })).toBeVisible();
  await expect(theirs.getByRole('button', { name: 'Delete this business' })).toBeDisabled();
  await theirs.getByRole('button', { name: 'Export leads' }).click();
  await expect(theirs.getByRole('button', { name: 'Download' })).toBeVisible();
  await expectAccessible(theirs);

  await writes(tenant, newPhone(), 'Are you still there?', { name: 'Pia Lang' });
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('Active', { exact: true })).toBeVisible();
  await expect(theirs.getByRole('link', { name: /Pia Lang/ })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Looked at by a superadmin')).toBeVisible();
  await expectAccessible(page);
  await theirs.context().close();
});

test('a tenant is deleted with its name typed, its members read until when, and it is restored', async ({
  page,
  tenant,
}) => {
  await signInOn(page, demoAdmin.email, demoAdmin.password, `/admin/tenants/${tenant.slug}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('They asked for it');
  await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await dialog.getByLabel(`Type ${tenant.slug} to be sure`).fill(tenant.slug);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Until then it can be restored')).toBeVisible();
  await expectAccessible(page);

  const owner = await persona({ email: tenant.owner.email, password: tenant.password });
  const closed = await (await owner.get(`/suspended/${tenant.slug}`)).text();
  expect(closed).toContain('will be deleted');
  expect(closed).toContain('They asked for it');

  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('Active', { exact: true })).toBeVisible();
  expect((await owner.get(`/t/${tenant.slug}/inbox`)).status()).toBe(200);
});

test('a tenant is made for somebody, and says who is awaited', async ({ page, tenant }) => {
  await signInOn(page, demoAdmin.email, demoAdmin.password);
  await page.getByRole('button', { name: 'New tenant' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Business name').fill(`Bäckerei ${tenant.slug}`);
  await expect(dialog.getByLabel('Slug')).toHaveValue(`backerei-${tenant.slug}`);
  await dialog.getByLabel('Owner’s e-mail').fill('nobody');
  await dialog.getByRole('button', { name: 'Create and invite' }).click();
  await expect(dialog.getByRole('alert')).toContainText('e-mail');
  await expectAccessible(page);
  await dialog.getByLabel('Owner’s e-mail').fill(`lena@${tenant.slug}.example`);
  await dialog.getByRole('button', { name: 'Create and invite' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Bäckerei ${tenant.slug}` })).toBeVisible();
  await expect(page.getByText(`lena@${tenant.slug}.example`)).toBeVisible();
  await expectAccessible(page);
});
