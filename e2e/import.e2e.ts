import { expect, expectAccessible, test } from './fixtures.ts';

const rows = 2_000;

/** As lists are: a mark at the beginning, semicolons, quotes and breaks inside them, doubles, cut and missing numbers. */
function messy(): Buffer {
  const lines = Array.from({ length: rows }, (_, index) => {
    const phone = `+49 171 ${String(2_000_000 + index)}`;
    if (index % 100 === 10) return `Twice ${index};+49171${String(2_000_000 + index - 1)};;Celle`;
    if (index % 100 === 20) return `Nobody ${index};;;Celle`;
    if (index % 100 === 30) return `Cut ${index};4,91712E+11;;Celle`;
    if (index % 100 === 40) return `"Ünal, ""Jo"" ${index}";${phone};jo@post.example;Hannover;too much`;
    if (index % 100 === 50) return `=SUM(A${index});0049 (0)171 ${String(2_000_000 + index)}`;
    return `Lead ${index};${phone};;Celle`;
  });
  return Buffer.from(`\uFEFFKundenname;Handy;E-Mail;Stadt\r\n${lines.join('\r\n')}\r\n`);
}

test('a messy file goes through the four steps and is taken back', async ({ tenant, signIn }) => {
  const page = await signIn(tenant.owner.email, `/t/${tenant.slug}/leads/import`);
  await expect(page.getByText('Nothing has been brought in yet.')).toBeVisible();
  await expectAccessible(page);
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: 'messe.csv', mimeType: 'text/csv', buffer: messy() },
  });

  const bringIn = page.getByRole('button', { name: 'Import' });
  await expect(bringIn).toBeEnabled({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: '40 rows refused' })).toBeVisible();
  await expect(page.getByRole('row', { name: /^22 Nobody 20/ })).toContainText('No phone number');
  await expect(page.getByRole('row', { name: /^12 Twice 10/ })).toContainText('Same number as line 11');
  await expect(page.getByText('UTF-8, semicolon')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByLabel('“Handy” is')).toHaveValue('phone');
  await page.getByLabel('“Stadt” is').selectOption('nothing');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(bringIn).toBeEnabled({ timeout: 30_000 });
  await expect(page.getByRole('status').filter({ hasText: 'imported' })).toHaveCount(0);
  await bringIn.click();

  const result = page.getByRole('status').filter({ hasText: 'imported' });
  await expect(result).toHaveText('1,940 imported, 20 already known, 40 refused', { timeout: 30_000 });
  await expectAccessible(page);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await saved).suggestedFilename()).toBe('refused-rows.csv');

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo it' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Undone' })).toHaveText(
    'Undone: 1,940 removed, 0 as before',
    { timeout: 30_000 },
  );

  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'Another file' }).click();
  await expect(page.getByText('messe.csv')).toBeVisible();
  await expectAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
});

test('an agent reads whom to ask', async ({ tenant, signIn }) => {
  const page = await signIn(undefined, `/t/${tenant.slug}/leads/import`);
  await expect(page.getByText('An owner or an admin can import leads')).toBeVisible();
  await expect(page.getByText(`Ask ${tenant.owner.name}`)).toBeVisible();
  await expectAccessible(page);
});
