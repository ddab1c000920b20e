import { expect, expectAccessible, newPhone, signInOn, test, writes } from './fixtures.ts';
import { ports } from './product.ts';

test.use({ botOff: true });

test('an owner changes name and time zone; an agent’s open page shows both without a reload', async ({
  page,
  browser,
  tenant,
  signIn,
}) => {
  await writes(tenant, newPhone(), 'What time is it?', { name: 'Tia Timer' });
  const context = await browser.newContext({ baseURL: `http://localhost:${ports.web}` });
  const agent = await context.newPage();
  await signInOn(agent, tenant.agents[1].email, tenant.password);
  await agent.getByRole('link', { name: /Tia Timer/ }).click();
  const time = agent.getByRole('log').getByRole('article').first().locator('time');
  await expect(time).toHaveAttribute('title', /Europe\/Madrid/);
  const inMadrid = await time.textContent();

  await signIn(tenant.owner.email);
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('General');
  await expect(page.getByRole('navigation', { name: 'Settings' }).getByRole('link')).toHaveText([
    ...['General', 'Members', 'Audit log'],
  ]);
  await expectAccessible(page);
  await page.getByLabel('Business name').fill('Renamed & Sons');
  await page.getByLabel('Time zone').selectOption('America/Lima');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
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

test('an owner deletes the business by its name, and takes that back where everybody reads it', async ({
  page,
  browser,
  tenant,
  signIn,
}) => {
  const context = await browser.newContext({ baseURL: `http://localhost:${ports.web}` });
  const agent = await context.newPage();
  await signInOn(agent, tenant.agents[1].email, tenant.password, `/t/${tenant.slug}/settings`);
  await expect(agent.getByLabel('Business name')).toBeVisible();
  await expect(agent.getByRole('heading', { name: 'Delete this business' })).toHaveCount(0);

  await signIn(tenant.owner.email, `/t/${tenant.slug}/settings`);
  await page.getByRole('button', { name: 'Delete this business' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 number and the places of 3 members: erased in 30 days');
  await dialog.getByLabel(/^Type/).fill('another name');
  await expect(dialog.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
  await dialog.getByLabel(/^Type/).fill(tenant.name);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  const heading = `${tenant.name} will be deleted`;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);

  // No reload: the agent's open page leaves by itself, and offers what is only an owner's to nobody else.
  await expect(agent.getByRole('heading', { level: 1 })).toHaveText(heading);
  await expect(agent.getByText('An owner can take this back until then.')).toBeVisible();
  await expect(agent.getByRole('button', { name: 'Keep this business' })).toHaveCount(0);

  await expectAccessible(page);
  await page.getByRole('button', { name: 'Keep this business' }).click();
  await expect(page).toHaveURL(new RegExp(`/t/${tenant.slug}/inbox`));
  await expect(agent).toHaveURL(new RegExp(`/t/${tenant.slug}/inbox`), { timeout: 30_000 });
  await context.close();
});
