import { expect, expectAccessible, signInOn, test } from './fixtures.ts';

test('the superadmin sees every tenant, in a frame of its own', async ({ page, tenant }) => {
  await signInOn(page, 'admin@parley.example', 'parley-demo');
  await expect(page).toHaveURL(/\/admin\/tenants/);
  await expect(page.getByText('You see every tenant')).toBeVisible();
  await page.getByRole('searchbox').fill(tenant.slug);
  await expect(page.getByRole('row').filter({ hasText: tenant.name })).toContainText('Active');
  await expectAccessible(page);
});
