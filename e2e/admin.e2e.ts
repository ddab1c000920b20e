import { expect, expectAccessible, signInOn, test } from './fixtures.ts';

test('the superadmin sees every tenant, in a frame of its own', async ({ page, tenant }) => {
  await signInOn(page, 'admin@parley.example', 'parley-demo');
  await expect(page).toHaveURL(/\/admin\/tenants/);
  await expect(page.getByText('You see every tenant')).toBeVisible();
  await page.getByRole('searchbox').fill(tenant.slug);
  await expect(page.getByRole('row').filter({ hasText: tenant.name })).toContainText('Active');
  await expectAccessible(page);
});

test('the tenants are found by their owner and sorted by a click', async ({ page, tenant }) => {
  await signInOn(page, 'admin@parley.example', 'parley-demo');
  const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
  await page.getByRole('searchbox').fill('@acme.example');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('owner@acme.example');

  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Tenant' }).click();
  await expect(page.getByRole('columnheader', { name: 'Tenant' })).toHaveAttribute('aria-sort', 'ascending');
  await expect(rows.first()).toContainText('Acme Solar');
  await page.getByRole('button', { name: 'Created' }).click();
  await expect(rows.filter({ hasText: tenant.slug })).toBeVisible();
  await expect(rows.last()).toContainText(/acme|globex|tiny/);
});
