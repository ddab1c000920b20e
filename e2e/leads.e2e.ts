import { expect, expectAccessible, newPhone, test, writes } from './fixtures.ts';
import { mutate, type Persona, persona } from './persona.ts';

test.use({ botOff: true });

async function addLead(owner: Persona, tenant: string, name: string, phone: string): Promise<string> {
  const { id } = await mutate<{ id: string }>(owner, 'people.add', { tenant, name, phone });
  return id;
}

test('leads are found, filtered, saved as a segment, changed many at once and back, and one is looked after', async ({
  page,
  tenant,
  signIn,
}) => {
  const { slug, owner, agents } = tenant;
  const api = await persona({ email: owner.email, password: tenant.password });
  const lucia = await addLead(api, slug, 'Lucía Fernández', '+34 612 48 90 17');
  await addLead(api, slug, 'Hannah Vogt', '+49 171 2345678');
  await addLead(api, slug, 'Yuki Tanaka', '+81 90 1234 5678');
  await mutate(api, 'people.edit', { tenant: slug, id: lucia, language: 'es' });
  await signIn(owner.email);

  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page.getByRole('heading', { level: 1, name: 'Leads' })).toBeVisible();
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
  await expect(row('Lucía Fernández')).toContainText('+34 612 48 90 17');
  await expect(page.getByRole('status', { name: 'How many' })).toHaveText('3');

  // Who writes in is there by themselves, on top.
  await writes(tenant, newPhone(), 'Hello', { name: 'Ana Writes' });
  await expect(page.getByRole('row').nth(1)).toContainText('Ana Writes');

  const find = page.getByRole('searchbox', { name: 'Find a lead' });
  await find.fill('fernandez luc');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(row('Lucía Fernández')).toBeVisible();
  await find.fill('171 234');
  await expect(row('Hannah Vogt')).toBeVisible();
  await find.fill('');
  await expect(page.getByRole('row')).toHaveCount(5);

  // A filter becomes a segment, which is live.
  await page.getByRole('button', { name: 'Language: any' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Spanish', exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('button', { name: 'Save as segment' }).click();
  const naming = page.getByRole('dialog', { name: 'Save as segment' });
  await naming.getByLabel('Name').fill('Spanish speakers');
  await naming.getByRole('button', { name: 'Save' }).click();
  const segment = page.getByRole('button', { name: /^Spanish speakers/ });
  await expect(segment).toHaveText('Spanish speakers1');
  await page.getByRole('button', { name: 'All leads' }).click();
  await page.getByRole('button', { name: 'Add filter' }).click();
  const adding = page.getByRole('dialog', { name: 'Add a filter' });
  await expectAccessible(page);
  await adding.getByLabel('About').selectOption({ label: 'Has written' });
  await adding.getByRole('button', { name: 'Add filter' }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(row('Ana Writes')).toBeVisible();
  await page.getByRole('button', { name: 'Take away: Has written' }).click();
  await expect(page.getByRole('row')).toHaveCount(5);

  // Many at once, and back.
  await page.getByRole('checkbox', { name: 'Select Hannah Vogt' }).check();
  await page.getByRole('checkbox', { name: 'Select Yuki Tanaka' }).check();
  await expect(page.getByText('2 of 4 selected')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Label', exact: true }).click();
  await page.getByRole('menuitem', { name: 'New label' }).click();
  const label = page.getByRole('dialog', { name: 'New label' });
  await label.getByLabel('Label').fill('Customer');
  await label.getByRole('button', { name: 'Give it' }).click();
  await expect(page.getByText('2 leads labelled “Customer”.')).toBeVisible();
  await expect(row('Hannah Vogt')).toContainText('Customer');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Undone for 2 leads.')).toBeVisible();
  await expect(row('Hannah Vogt')).not.toContainText('Customer');

  await page.getByRole('checkbox', { name: 'Select Yuki Tanaka' }).check();
  await page.getByRole('button', { name: 'Delete 1' }).click();
  const deleting = page.getByRole('dialog', { name: 'Delete 1 lead?' });
  await deleting.getByRole('button', { name: 'Delete' }).click();
  await expect(row('Yuki Tanaka')).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row('Yuki Tanaka')).toBeVisible();

  // The toast goes, the list of changes stays; a label that is deleted comes back with it.
  await page.getByRole('checkbox', { name: 'Select Hannah Vogt' }).check();
  await page.getByRole('button', { name: 'Label', exact: true }).click();
  await page.getByRole('group', { name: 'Give' }).getByRole('menuitem', { name: 'Customer' }).click();
  await expect(row('Hannah Vogt')).toContainText('Customer');
  await page.getByRole('link', { name: 'Labels and changes' }).click();
  await page.getByRole('button', { name: 'Rename Customer' }).click();
  await page.getByRole('dialog').getByLabel('Label').fill('Buyer');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('button', { name: 'Delete Buyer' }).click();
  await expect(page.getByText('taken from the 1 lead that has it')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Delete the label' }).click();
  await page.getByRole('button', { name: 'Undo: 1 lead without “Buyer”.' }).click();
  await expect(page.getByText('Undone for 1 lead.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete Buyer' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('main').getByRole('link', { name: 'Leads' }).click();
  await expect(row('Hannah Vogt')).toContainText('Buyer');

  // One lead.
  await page.getByRole('link', { name: 'Lucía Fernández' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lucía Fernández' })).toBeVisible();
  await page.getByRole('button', { name: 'Edit Email' }).click();
  await page.getByLabel('Email').fill('lucia@solar.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('lucia@solar.example')).toBeVisible();
  await page.getByLabel('New note').fill('Wants a call on Friday');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Wants a call on Friday' })).toBeVisible();
  await page.getByRole('button', { name: 'Assign' }).click();
  await page.getByRole('menuitem', { name: agents[0].name }).click();
  const timeline = page.getByRole('list', { name: 'What happened' });
  await expect(timeline).toContainText(`${owner.name} assigned them to ${agents[0].name}`);
  await expect(timeline).toContainText(`${owner.name} edited Email`);
  await expectAccessible(page);

  // Known already: whoever adds them again is led to them, on a phone too.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('link', { name: 'Leads' }).first().click();
  await page.getByRole('button', { name: 'Add lead' }).click();
  const add = page.getByRole('dialog', { name: 'Add a lead' });
  await add.getByLabel('Country').selectOption('ES');
  await add.getByLabel('Phone').fill('612489017');
  await add.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lucía Fernández' })).toBeVisible();
  await expect(page.getByText('This number was known already.')).toBeVisible();
});
