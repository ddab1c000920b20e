import pg from 'pg';
import { expect, expectAccessible, newPhone, signInOn, type Tenant, test, writes } from './fixtures.ts';
import { ports, running } from './product.ts';

test.use({ botOff: true });

/** Nothing in the interface makes the first agent an owner. */
async function makeOwner(tenant: Tenant) {
  const client = new pg.Client({ connectionString: running().database });
  await client.connect();
  await client.query(
    `update members m set role = 'owner' from tenants t, users u
     where t.slug = $1 and u.email = $2 and m.tenant_id = t.id and m.user_id = u.id`,
    [tenant.slug, tenant.agents[0].email],
  );
  await client.end();
}

test('an owner changes name and time zone; an agent’s open page shows both without a reload', async ({
  page,
  browser,
  tenant,
  signIn,
}) => {
  await makeOwner(tenant);
  await writes(tenant, newPhone(), 'What time is it?', { name: 'Tia Timer' });
  const context = await browser.newContext({ baseURL: `http://localhost:${ports.web}` });
  const agent = await context.newPage();
  await signInOn(agent, tenant.agents[1].email, tenant.password);
  await agent.getByRole('link', { name: /Tia Timer/ }).click();
  const time = agent.getByRole('log').getByRole('article').first().locator('time');
  await expect(time).toHaveAttribute('title', /Europe\/Madrid/);
  const inMadrid = await time.textContent();

  await signIn();
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('General');
  await expect(page.getByRole('navigation', { name: 'Settings' }).getByRole('link')).toHaveText([
    ...['General', 'Members', 'Audit log'],
  ]);
  await expectAccessible(page);
  await page.getByLabel('Business name').fill('Renamed & Sons');
  await page.getByLabel('Time zone').selectOption('America/Lima');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Rooms' })).toContainText('Renamed & Sons');

  await expect(time).toHaveAttribute('title', /America\/Lima/);
  expect(await time.textContent()).not.toBe(inMadrid);
  await expect(agent.getByRole('navigation', { name: 'Rooms' })).toContainText('Renamed & Sons');

  await agent.getByRole('link', { name: 'Settings' }).click();
  await expect(agent.getByLabel('Business name')).toHaveValue('Renamed & Sons');
  await expect(agent.getByLabel('Business name')).toBeDisabled();
  await expect(agent.getByRole('button', { name: 'Save' })).toHaveCount(0);
  await expect(agent.getByRole('navigation', { name: 'Settings' })).not.toContainText('Audit log');
  await expectAccessible(agent);
  await context.close();
});
