import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import pg from 'pg';
import {
  expect,
  expectAccessible,
  makeTenant,
  newPhone,
  signInOn,
  type Tenant,
  test,
  writes,
} from './fixtures.ts';
import { running } from './product.ts';

test.use({ botOff: true });

/** The path behind the newest letter's link. */
async function linkFor(email: string): Promise<string> {
  const client = new pg.Client({ connectionString: running().database });
  await client.connect();
  try {
    const { rows } = await client.query(
      'select link from letters where recipient = $1 order by id desc limit 1',
      [email],
    );
    return new URL(rows[0].link).pathname;
  } finally {
    await client.end();
  }
}

/** Another browser: another person. */
async function someoneElse(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({
    ...(baseURL && { baseURL }),
    viewport: { width: 1440, height: 900 },
  });
  return context.newPage();
}

const membersOf = (tenant: Tenant) => `/t/${tenant.slug}/settings/members`;

async function openMembers(page: Page, tenant: Tenant) {
  await page.goto(membersOf(tenant));
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible();
}

async function invite(page: Page, email: string, role: string) {
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByLabel('Email').fill(email);
  await dialog.getByLabel('Role').selectOption({ label: role });
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(dialog).toBeHidden();
}

const memberRow = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Members' }).getByRole('row', { name: new RegExp(name) });

async function act(page: Page, name: string, action: string) {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

test('somebody is invited, joins, becomes an admin, holds a conversation, is removed, and the log tells it all', async ({
  page,
  browser,
  baseURL,
  tenant,
  signIn,
}) => {
  const gale = `gale@${tenant.slug}.example`;
  await signIn(tenant.owner.email, membersOf(tenant));
  await expect(page.getByRole('row', { name: 'Import leads Yes Yes No' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Invite' }).click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await invite(page, gale, 'Agent');
  await expect(page.getByRole('listitem', { name: gale })).toContainText('Agent, invited by Ines Okafor');
  await expectAccessible(page);

  // Whoever has the letter, and no login.
  const theirs = await someoneElse(browser, baseURL);
  const link = await linkFor(gale);
  await theirs.goto(link);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(`Join ${tenant.name}`);
  await expectAccessible(theirs);
  await theirs.getByLabel('Your name').fill('Gale Storm');
  await theirs.getByLabel('Password').fill('a password of her own');
  await theirs.getByRole('button', { name: `Join ${tenant.name}` }).click();
  await theirs.waitForURL(`**/t/${tenant.slug}/inbox`);

  // The owner's page has it all without a reload.
  await expect(memberRow(page, 'Gale Storm')).toContainText('Agent');
  await expect(page.getByText('Nobody is invited')).toBeVisible();

  await openMembers(theirs, tenant);
  await expect(theirs.getByRole('button', { name: 'Invite' })).toBeHidden();
  await expectAccessible(theirs);
  await theirs.goto(`/t/${tenant.slug}/settings/audit`);
  await expect(theirs.getByText('Owners and admins can read who changed what.')).toBeVisible();
  await expectAccessible(theirs);
  const asked = await theirs.request.post(`/api/t/${tenant.slug}/audit.csv`, { form: { who: 'system' } });
  expect(asked.status()).toBe(403);
  await openMembers(theirs, tenant);

  await act(page, 'Gale Storm', 'Make an admin');
  await expect(page.getByText('Gale Storm is an admin now.')).toBeVisible();
  await expect(memberRow(page, 'Gale Storm')).toContainText('Admin');
  await expect(theirs.getByRole('button', { name: 'Invite' })).toBeVisible();

  await writes(tenant, newPhone(), 'Is anybody there?', { name: 'Carl Cedar' });
  await theirs.goto(`/t/${tenant.slug}/inbox`);
  await theirs.getByRole('link', { name: /Carl Cedar/ }).click();
  await theirs.getByRole('button', { name: 'Take over' }).click();
  await expect(theirs.getByText('You are answering')).toBeVisible();

  await page.reload();
  await act(page, 'Gale Storm', 'Remove…');
  const removing = page.getByRole('dialog', { name: 'Remove Gale Storm?' });
  await expect(removing).toContainText('The 1 open conversation that they answer return');
  await expectAccessible(page);
  // The news of it overtakes the answer, and takes the row off the page, and the dialog with it.
  await page.route('**/api/trpc/members.remove*', async (route) => {
    const response = await route.fetch();
    await expect(removing).toHaveCount(0);
    await route.fulfill({ response });
  });
  await removing.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('1 open conversation returned to the team.')).toBeVisible();
  await expect(memberRow(page, 'Gale Storm')).toBeHidden();
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Not found');
  await theirs.goto(link);
  await expect(theirs.getByText('This invitation was accepted already')).toBeVisible();
  await expectAccessible(theirs);

  await page.goto(`/t/${tenant.slug}/inbox`);
  await page.getByRole('tab', { name: /Unassigned/ }).click();
  await page.getByRole('link', { name: /Carl Cedar/ }).click();
  await expect(page.getByText('Gale Storm is no longer in the team.')).toBeVisible();

  await page.goto(`/t/${tenant.slug}/settings/audit`);
  for (const line of [
    `Ines Okafor removed Gale Storm (${gale})`,
    `Ines Okafor changed the role of Gale Storm (${gale})`,
    'Gale Storm joined',
    `Ines Okafor invited ${gale}`,
  ])
    await expect(page.getByRole('row').filter({ hasText: line })).toHaveCount(1);
  await expectAccessible(page);
  await page.getByLabel('Who').selectOption({ label: 'Gale Storm' });
  await expect(page.getByRole('region', { name: 'Entries' }).getByRole('row')).toHaveCount(2);
  await page.reload();
  await expect(page.getByLabel('Who')).toHaveValue(/-/);
  await expect(page.getByRole('region', { name: 'Entries' }).getByRole('row')).toHaveCount(2);
  await page.getByLabel('From').fill('2020-01-01');
  await page.getByLabel('To').fill('2020-01-02');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Gale Storm joined' })).toBeVisible();

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe(`audit-${tenant.slug}.csv`);
  const form = { who: 'system' };
  const log = `/api/t/${tenant.slug}/audit.csv`;
  for (const [who, path, options, status] of [
    ['another site', log, { form, headers: { origin: 'https://evil.example' } }, 403],
    ['a member of another tenant', '/api/t/acme/audit.csv', { form }, 404],
    ['who sends no form', log, { data: { who: 'system' } }, 415],
  ] as const)
    expect((await page.request.post(path, options)).status(), who).toBe(status);
  expect((await theirs.request.post(log, { form })).status(), 'who was removed').toBe(404);
  await theirs.context().clearCookies();
  expect((await theirs.request.post(log, { form })).status(), 'nobody').toBe(401);
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toContain(`Gale Storm,member.joined,Gale Storm (${gale})`);
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: 'Ines Okafor exported the audit log' })).toBeVisible();
});

test('a link is for one address, and dies when it is withdrawn or replaced', async ({
  page,
  browser,
  baseURL,
  tenant,
  signIn,
}) => {
  const gale = `gale@${tenant.slug}.example`;
  await signIn(tenant.owner.email, membersOf(tenant));
  await invite(page, gale, 'Admin');
  const link = await linkFor(gale);

  // An agent who is signed in finds somebody else's link.
  const theirs = await someoneElse(browser, baseURL);
  await signInOn(theirs, tenant.agents[0].email, tenant.password, link);
  await expect(theirs.getByText(`You are signed in as ${tenant.agents[0].email}`)).toBeVisible();
  await expectAccessible(theirs);
  await theirs.getByRole('button', { name: 'Sign out and go on' }).click();
  await expect(theirs.getByLabel('Your name')).toBeVisible();

  await page.getByRole('button', { name: `Send again to ${gale}` }).click();
  await expect(page.getByText('The letter left a moment ago. Wait a minute.')).toBeVisible();
  await page.getByRole('button', { name: `Withdraw the invitation of ${gale}` }).click();
  await expect(page.getByText('Nobody is invited')).toBeVisible();
  await theirs.getByLabel('Your name').fill('Gale');
  await theirs.getByLabel('Password').fill('a password of her own');
  await theirs.getByRole('button', { name: /^Join/ }).click();
  await expect(theirs.getByRole('alert').filter({ hasText: 'was withdrawn' })).toBeVisible();
  await theirs.reload();
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This link opens nothing');
  await expectAccessible(theirs);
});

test('the ownership is handed over, and then one may leave', async ({ page, tenant, signIn }) => {
  await signIn(tenant.owner.email, membersOf(tenant));
  await act(page, 'Ines Okafor', 'Leave…');
  await expect(page.getByRole('dialog')).toContainText('You are the only owner');
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await act(page, 'Mara Lindqvist', 'Hand over the ownership…');
  await page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
  await expect(memberRow(page, 'Mara Lindqvist')).toContainText('Owner');
  await expect(memberRow(page, 'Ines Okafor')).toContainText('Admin');

  await act(page, 'Ines Okafor', 'Leave…');
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL('**/onboarding');
  const answer = await page.goto(`/t/${tenant.slug}/inbox`);
  expect(answer?.status()).toBe(404);
});

test('who belongs to two tenants has each in its own tab, and nothing of one in the other', async ({
  page,
  browser,
  baseURL,
  tenant,
}) => {
  const second = await makeTenant(true);
  const mara = tenant.agents[0].email;
  const boss = await someoneElse(browser, baseURL);
  await signInOn(boss, second.owner.email, second.password, membersOf(second));
  await invite(boss, mara, 'Agent');

  // Signed out, with a login: the sign-in leads back to the link.
  await page.goto(await linkFor(mara));
  await page.getByRole('link', { name: 'Sign in to join' }).click();
  await page.getByLabel('Email').fill(mara);
  await page.getByLabel('Password').fill(tenant.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Join ${second.name}`);
  await expectAccessible(page);
  await page.getByRole('button', { name: `Join ${second.name}` }).click();
  await page.waitForURL(`**/t/${second.slug}/inbox`);

  const first = await page.context().newPage();
  await first.goto(`/t/${tenant.slug}/inbox`);
  await writes(tenant, newPhone(), 'For the first', { name: 'Fay First' });
  await writes(second, newPhone(), 'For the second', { name: 'Sam Second' });
  await expect(first.getByRole('link', { name: /Fay First/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Sam Second/ })).toBeVisible();
  await expect(first.getByRole('link', { name: /Sam Second/ })).toBeHidden();
  await expect(page.getByRole('link', { name: /Fay First/ })).toBeHidden();

  // Each tab acts in its own tenant, whichever was opened last.
  await page.getByRole('link', { name: /Sam Second/ }).click();
  await first.getByRole('link', { name: /Fay First/ }).click();
  for (const [tab, words] of [
    [page, 'From the second shop'],
    [first, 'From the first shop'],
  ] as const) {
    await tab.getByRole('textbox', { name: 'Message' }).fill(words);
    await tab.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(tab.getByRole('log').getByText(words)).toBeVisible();
  }
  await expect(page.getByRole('log')).not.toContainText('From the first shop');

  // The switcher changes this tab alone.
  await page.getByRole('button', { name: second.name }).click();
  await page.getByRole('menuitem', { name: tenant.name }).click();
  await page.waitForURL(`**/t/${tenant.slug}/inbox`);
  await expect(page.getByRole('link', { name: /Fay First/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Sam Second/ })).toBeHidden();
  await first.reload();
  await expect(first).toHaveURL(new RegExp(`/t/${tenant.slug}/inbox`));
});
