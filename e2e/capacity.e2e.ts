import { latencyAt } from '#load/model/latency-curve.ts';
import { expect, expectAccessible, signInOn, test } from './fixtures.ts';
import { demoAdmin } from './persona.ts';

/** A breakpoint run, as `npm run load` writes it, of a machine on which nobody else's test sells too much. */
function measuredRun() {
  const curve = { idle: 4, slope: 6.6, limit: 20_000 };
  const points = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99].map((share) => {
    const offered = share * curve.limit;
    const p95 = latencyAt(curve, offered);
    const resources = [
      { name: 'CPU, web', used: share, of: 1 },
      { name: 'CPU, worker', used: share / 2, of: 1 },
    ];
    return {
      ...{ offered, achieved: offered, seconds: 8, p50: p95 / 3, p95, p99: p95 * 2, errorShare: 0, lost: 0 },
      ...{ resources, broke: p95 > 250 ? [`p95 ${Math.round(p95)} ms, at most 250`] : [] },
    };
  });
  return JSON.stringify({
    ...{ scenario: 'breakpoint', unit: 'turn', points, verdict: { state: 'valid', reasons: [] } },
    surroundings: { at: new Date().toISOString(), cores: 2 },
  });
}

test('a run is brought in and put in use, the page says what it carries, and sliders ask what if', async ({
  page,
  tenant,
}) => {
  await signInOn(page, demoAdmin.email, demoAdmin.password, '/admin/capacity/runs');
  await page.getByRole('button', { name: 'Bring in a run' }).click();
  const name = `of-${tenant.slug}`;
  const file = { mimeType: 'application/json', name: `${name}.json` };
  const upload = page.getByRole('dialog').getByLabel('File');
  await upload.setInputFiles({ ...file, buffer: Buffer.from('{"scenario":"ingest"}') });
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('no run of a load test');
  await expectAccessible(page);
  await upload.setInputFiles({ ...file, buffer: Buffer.from(measuredRun()) });
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('19,000\u00a0turns/s');
  const use = row.getByRole('button', { name: 'Use' });
  if (await use.isVisible()) await use.click();
  await expect(row).toContainText('In use');
  for (const box of (await page.getByRole('checkbox').all()).slice(0, 2)) await box.check();
  await expect(page.getByRole('row', { name: /^Knee/ })).toContainText('/s');
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Capacity' }).first().click();
  await expect(
    page.getByText(/This installation carries [\d,]{9,} active conversations a day; tenants have been sold/),
  ).toBeVisible();
  await expect(page.getByRole('img', { name: /p95 latency reaches .* at the knee/ }).first()).toBeVisible();
  await expect(page.getByText(/CPU, web is fullest/)).toBeVisible();
  await expect(page.getByRole('row', { name: /Growth/ })).toContainText('Excellent');
  await expect(page.getByRole('row', { name: /Growth/ })).toContainText('Marginal');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Table' }).first().click();
  await expect(page.getByRole('row', { name: /p95 .* at most 250/ })).toBeVisible();

  const whatIf = page.getByRole('region', { name: 'What if' });
  const share = whatIf.getByText('Of what can be sold').locator('..');
  const before = await share.textContent();
  await whatIf.getByRole('slider', { name: 'Tenants' }).press('End');
  await whatIf.getByRole('slider', { name: 'Leads each' }).press('End');
  await expect(whatIf.getByText('Active conversations a day').locator('..')).toContainText('60,000,000');
  await expect(whatIf.getByText('Expected p95 at peak').locator('..')).toContainText('More than it takes');
  await expect(share).not.toHaveText(before ?? '');
  const tried = await share.textContent();
  await whatIf.getByRole('button', { name: 'Reset' }).click();
  await expect(share).not.toHaveText(tried ?? '');

  const csv = await page.request.get('/api/admin/capacity/capacity.csv');
  expect(await csv.text()).toContain(`Measured by,${name}`);
});

test('a tier is added and edited with its effect named, and nobody gets more of it than there is without a reason', async ({
  page,
  tenant,
}) => {
  await signInOn(page, demoAdmin.email, demoAdmin.password, '/admin/capacity/tiers');
  await page.getByRole('button', { name: 'New tier' }).click();
  const dialog = page.getByRole('dialog');
  const name = `Huge ${tenant.slug}`;
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Active conversations a day').fill('many');
  await dialog.getByRole('button', { name: 'Add tier' }).click();
  await expect(dialog.getByRole('alert')).toContainText('write a whole number from 0 on');
  await expectAccessible(page);
  await dialog.getByLabel('Active conversations a day').fill('5');
  await dialog.getByRole('button', { name: 'Add tier' }).click();
  await expect(dialog).toBeHidden();

  await page.goto(`/admin/tenants/${tenant.slug}`);
  await page.getByRole('button', { name: 'Change tier' }).click();
  await dialog.getByLabel('Tier').selectOption(name);
  await expect(dialog.getByText(/may have 5 active conversations/)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Change tier' }).click();
  await expect(page.getByRole('heading', { name: `Tier: ${name}` })).toBeVisible();
  await expect(page.getByText('Tier changed')).toBeVisible();
  await expectAccessible(page);

  // A run has to be in use before anything can be too much; the other test's, or this one's.
  await page.request.post('/api/trpc/admin.capacity.addRun', {
    data: { name: `for-${tenant.slug}.json`, text: measuredRun() },
  });
  await page.goto('/admin/capacity/tiers');
  await page.getByRole('button', { name: `Edit ${name}` }).click();
  await dialog.getByLabel('Active conversations a day').fill('900000000');
  await expect(
    dialog.getByText(/1\stenant gets 900,000,000 instead of 5 active conversations a day/),
  ).toBeVisible();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('This sells more than there is');
  await expect(dialog.getByRole('button', { name: 'Save all the same' })).toBeDisabled();
  await expect(dialog.getByLabel('Why all the same')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText(/1\stenant, 5 active/);

  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByLabel('What').selectOption('Capacity');
  await expect(page.getByRole('row').filter({ hasText: `added the tier ${name}` })).toBeVisible();
  await expectAccessible(page);
});
