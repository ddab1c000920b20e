import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, sim, test } from './fixtures.ts';
import { encryptionKey, metaUrl, project, running } from './product.ts';

/** A number at Meta, connected by an administrator's command. */
async function connectByCommand(tenant: string, name: string): Promise<string> {
  const digits = `${Date.now()}`.slice(-9) + `${process.pid % 1000}`.padStart(3, '0');
  const [phoneNumberId, wabaId, token] = [`777${digits}`, `888${digits}`, `token-${tenant}`];
  const displayPhoneNumber = `1555${digits.slice(-7)}`;
  await sim('numbers', { phoneNumberId, displayPhoneNumber, wabaId, token, verifiedName: name });
  const ids = ['--waba-id', wabaId, '--phone-number-id', phoneNumberId, '--portfolio-id', `999${digits}`];
  await promisify(execFile)(
    process.execPath,
    ['server/setup/main.ts', 'channel', '--tenant', tenant, ...ids, '--bot', 'on'],
    {
      cwd: project,
      env: {
        ...process.env,
        ...{ DATABASE_URL: running().database, ENCRYPTION_KEY: encryptionKey(), LOG_LEVEL: 'silent' },
        ...{ GRAPH_API_URL: metaUrl, SETUP_ACCESS_TOKEN: token },
      },
    },
  );
  return phoneNumberId;
}

/** Writes on the simulated phone that the page leads to, in a tab beside it. */
async function writeOnPhone(page: Page, text: string): Promise<Page> {
  const phone = await openBeside(page, page.getByRole('link', { name: /Open the phone/ }));
  await phone.getByRole('textbox', { name: /^Write as/ }).fill(text);
  await phone.getByRole('button', { name: /^Send as/ }).click();
  return phone;
}

/** From here on the page may go anywhere, but not be loaded again. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { isKept: true }));
const isKept = (page: Page) => page.evaluate(() => 'isKept' in window);

const step = (page: Page, name: string) => page.getByRole('heading', { level: 2, name });
const steps = (page: Page) => page.getByRole('navigation', { name: 'Steps' });
const rooms = (page: Page) => page.getByRole('navigation', { name: 'Rooms' });
const reminder = (page: Page) => rooms(page).getByRole('link', { name: /Getting started/ });

test('a new business is taken up again wherever it was left, to the first answered message', async ({
  page,
  tenant,
  signIn,
}) => {
  await signIn(tenant.owner.email);
  await rooms(page).getByRole('button', { name: tenant.name }).click();
  await page.getByRole('menuitem', { name: 'New business' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New business');
  await expectAccessible(page);

  // Left before there is anything: nothing was made.
  await page.reload();
  await page.getByRole('button', { name: 'Create and go on' }).click();
  await expect(page.getByLabel('Business name')).toBeFocused();
  await page.getByLabel('Business name').fill(`Café ${tenant.slug}`);
  await page.getByLabel('Language').selectOption({ label: 'Spanish' });
  await page.getByRole('button', { name: 'Create and go on' }).click();
  await page.waitForURL(`/t/cafe-${tenant.slug}/onboarding`);
  const slug = `cafe-${tenant.slug}`;

  await expect(step(page, 'Connect a number')).toBeVisible();
  await expect(steps(page).getByRole('link', { name: /Your business.*done/ })).toBeVisible();
  await expectAccessible(page);
  await rooms(page).getByRole('link', { name: 'Inbox' }).click();
  await expect(page).toHaveURL(`/t/${slug}/inbox`);
  await expect(reminder(page)).toContainText('1 of 5');
  await reminder(page).click();
  await expect(step(page, 'Connect a number')).toBeVisible();

  await steps(page).getByRole('link', { name: 'Bring your leads' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Skip for now' }).click();
  await expect(step(page, 'Connect a number')).toBeVisible();
  await expect(reminder(page)).toContainText('2 of 5');
  await page.goto(`/t/${slug}/onboarding`);
  await expect(steps(page).getByRole('link', { name: /Bring your leads.*put off/ })).toBeVisible();

  await steps(page).getByRole('link', { name: 'Switch on the bot' }).click();
  await page.getByRole('radio', { name: 'Quote requests' }).check();
  const preview = page.getByRole('region', { name: 'How “Quote requests” talks' });
  await expect(preview).toContainText(`Hola Ana, soy el asistente de Café ${tenant.slug}.`);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Use this script' }).click();
  await expect(step(page, 'Connect a number')).toBeVisible();
  await page.goto(`/t/${slug}/onboarding`);
  await expect(steps(page).getByRole('link', { name: /Switch on the bot.*done/ })).toBeVisible();

  await steps(page).getByRole('link', { name: 'Send a test message' }).click();
  await expect(page.getByRole('link', { name: 'Connect a number first' })).toBeVisible();
  await connectByCommand(slug, 'Café line');
  await page.goto(`/t/${slug}/onboarding`);
  await expect(step(page, 'Send a test message')).toBeVisible();
  await expect(page.getByText('Waiting for your message')).toBeVisible();
  await expectAccessible(page);

  await mark(page);
  await writeOnPhone(page, 'Hola, ¿hay alguien?');
  await expect(page.getByText('Your message came in')).toBeVisible();
  await expect(page.getByText('The bot’s answer went out')).toBeVisible();
  await expect(step(page, 'People can write to you now')).toBeVisible();
  await expectAccessible(page);
  await expect(reminder(page)).toHaveCount(0);
  await page.getByRole('link', { name: 'Open the inbox' }).click();
  await expect(page).toHaveURL(`/t/${slug}/inbox`);
  await expect(page.getByRole('link', { name: /soy el asistente/ })).toBeVisible();
  expect(await isKept(page)).toBe(true);
});

test('the reminder can be put away, and is for those who may take the steps', async ({
  page,
  tenant,
  signIn,
}) => {
  await signIn(tenant.agents[0].email);
  const answer = await page.goto(`/t/${tenant.slug}/onboarding`);
  expect(answer?.status()).toBe(404);

  await page.goto('/onboarding');
  await page.getByLabel('Business name').fill(`Side ${tenant.slug}`);
  await page.getByRole('button', { name: 'Create and go on' }).click();
  await expect(reminder(page)).toBeVisible();
  await page.getByRole('button', { name: 'Hide the reminder' }).click();
  await expect(reminder(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Remind us in the menu' }).click();
  await expect(reminder(page)).toBeVisible();

  // Two tenants, a tab for each: neither mixes with the other.
  const other = await page.context().newPage();
  await openTenant(other, tenant.slug);
  await expect(rooms(other)).toContainText(tenant.name);
  await expect(rooms(page)).toContainText(`Side ${tenant.slug}`);
});

async function openTenant(page: Page, slug: string) {
  await page.goto('/home');
  await page.getByRole('link', { name: new RegExp(`Shop ${slug}`) }).click();
  await page.waitForURL(`/t/${slug}/inbox`);
}

test('a stranger signs up, connects the demo number, sees the bot answer, and a colleague takes over', async ({
  page,
  browser,
  baseURL,
}) => {
  const id = randomBytes(4).toString('hex');
  const [owner, colleague] = [`olga-${id}@bakery.example`, `carl-${id}@bakery.example`];
  const reloads = noteReloads(page);

  await page.goto('/');
  await page.getByRole('link', { name: 'Sign up' }).click();
  await page.getByLabel('Your name').fill('Olga Oven');
  await page.getByLabel('Email').fill(owner);
  await page.getByLabel('Password').fill('flour water salt yeast');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.waitForURL('/onboarding');
  await expect(step(page, 'Confirm your e-mail address')).toBeVisible();
  await expectAccessible(page);
  const outbox = await openBeside(page, page.getByRole('link', { name: /outbox/ }));
  await letterTo(outbox, owner).getByRole('link').click();
  await outbox.getByRole('button', { name: 'Confirm' }).click();
  await expect(outbox.getByText('Your address is confirmed')).toBeVisible();

  await page.getByLabel('Business name').fill(`Bakery ${id}`);
  await page.getByRole('button', { name: 'Create and go on' }).click();
  await expect(page).toHaveURL(`/t/bakery-${id}/onboarding`);
  await page.getByRole('button', { name: 'Connect a demo number' }).click();
  await page.getByRole('button', { name: 'Skip for now' }).click();
  await page.getByRole('radio', { name: 'Take requests' }).check();
  await page.getByRole('button', { name: 'Use this script' }).click();

  const phone = await writeOnPhone(page, 'Good morning');
  const greeting = new RegExp(`thank you for writing to Bakery ${id}`);
  await expect(phone.getByRole('log').getByText(greeting)).toBeVisible();
  await expect(page.getByText('The bot’s answer went out')).toBeVisible();

  await page.getByRole('link', { name: 'Invite colleagues' }).click();
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByLabel('Email').fill(colleague);
  await dialog.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(dialog).toBeHidden();

  const context = await browser.newContext({ ...(baseURL && { baseURL }), viewport: page.viewportSize() });
  const theirs = await context.newPage();
  const theirReloads = noteReloads(theirs);
  await theirs.goto('/outbox');
  await letterTo(theirs, colleague).getByRole('link').click();
  await theirs.getByLabel('Your name').fill('Carl Crust');
  await theirs.getByLabel('Password').fill('a crust of one’s own');
  await theirs.getByRole('button', { name: `Join Bakery ${id}` }).click();
  await theirs.waitForURL(`/t/bakery-${id}/inbox`);
  await expect(page.getByRole('row', { name: /Carl Crust/ })).toBeVisible();

  await rooms(page).getByRole('link', { name: 'Inbox' }).click();
  await page.getByRole('link', { name: greeting }).click();
  await theirs.getByRole('link', { name: greeting }).click();
  await theirs.getByRole('button', { name: 'Take over' }).click();
  await theirs.getByRole('textbox', { name: 'Message' }).fill('Carl here, good morning!');
  await theirs.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(phone.getByRole('log').getByText('Carl here, good morning!')).toBeVisible();
  await expect(page.getByRole('log').getByText('Carl here, good morning!')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Conversation', exact: true })).toContainText('Carl Crust');
  expect([...reloads(), ...theirReloads()]).toEqual([]);
  await context.close();
});

/** Notes each document that this page loads, and tells which of them it loaded again: the same address twice in a row. */
function noteReloads(page: Page): () => string[] {
  const loaded: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) loaded.push(request.url());
  });
  return () => loaded.filter((url, index) => url === loaded[index - 1]);
}

/** Follows a link that opens in a tab of its own. */
async function openBeside(page: Page, link: Locator): Promise<Page> {
  const [opened] = await Promise.all([page.waitForEvent('popup'), link.click()]);
  return opened;
}

const letterTo = (outbox: Page, email: string) =>
  outbox
    .getByRole('listitem')
    .filter({ hasText: `To ${email}` })
    .first();
