import { randomBytes } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { beginSession } from './persona.ts';
import { metaUrl } from './product.ts';
import { addTenant, type Tenant } from './tenant-maker.ts';

export type { Tenant };

/** `tier`: the name of one of the demo's; none, and so no quotas, unless told. */
type Options = { botOff: boolean; tier: string | undefined };
type Fixtures = { tenant: Tenant; signIn: (email?: string, to?: string) => Promise<Page> };

/** Each test has a tenant of its own; `test.use({ botOff: true })` for one whose bot is silent. */
export const test = base.extend<Options & Fixtures>({
  botOff: [false, { option: true }],
  tier: [undefined, { option: true }],

  tenant: async ({ botOff, tier }, use) => {
    await use(await makeTenant(botOff, tier));
  },

  signIn: async ({ page, tenant }, use) => {
    await use(async (email = tenant.agents[0].email, to = '/home') => {
      await signInOn(page, email, tenant.password, to);
      return page;
    });
  },
});

export { expect };

/** Signs in without the form, which sign-in.e2e.ts fills in, and opens a page; the room that a sign-in leads to unless told. */
export async function signInOn(page: Page, email: string, password: string, to = '/home') {
  await beginSession(page.request, { email, password });
  await page.goto(to);
  await page.waitForURL((url) => url.pathname !== '/home');
}

/** For a test that needs a second one. */
export async function makeTenant(botOff: boolean, tier?: string): Promise<Tenant> {
  const tenant = await addTenant(`e2e-${randomBytes(4).toString('hex')}`, botOff, tier);
  const { phoneNumberId, displayPhoneNumber, wabaId, token, name } = tenant;
  await sim('numbers', { phoneNumberId, displayPhoneNumber, wabaId, token, verifiedName: name });
  return tenant;
}

/** Asks the simulated Meta for something. */
export async function sim<T>(path: string, body?: object): Promise<T> {
  const answer = await fetch(`${metaUrl}/_sim/${path}`, {
    ...(body && {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  if (!answer.ok) throw new Error(`/_sim/${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** A number that nobody has used before. */
export const newPhone = () =>
  `1650${String(Date.now()).slice(-6)}${String(Math.floor(Math.random() * 9000) + 1000)}`;

/** A person writes to the tenant on WhatsApp. */
export function writes(tenant: Tenant, from: string, text: string, more: object = {}) {
  return sim<{ id: string }>('inbound', { phone_number_id: tenant.phoneNumberId, from, text, ...more });
}

type Sent = {
  id: string;
  to: string;
  request: { text?: { body: string }; interactive?: { body: { text: string } } };
  answer: { status: number };
};

/** What reached WhatsApp for one person: the texts, oldest first. */
export async function sentTo(tenant: Tenant, to: string): Promise<string[]> {
  const { messages } = await sim<{ messages: Sent[] }>(
    `messages?phone_number_id=${tenant.phoneNumberId}&to=${to}`,
  );
  return messages.map(({ request }) => request.text?.body ?? request.interactive?.body.text ?? '');
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules of those that look at colours, which are all that the dark scheme changes. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/** Nothing from axe on the page as it is now, in both schemes, and no sideways scrolling at 360 pixels. */
export async function expectAccessible(page: Page) {
  await page.emulateMedia({ colorScheme: 'light' });
  // Without `setLegacyMode` every look opens a page of its own, for frames from elsewhere, which Parley has none of.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  expect(inWords((await axe.withTags(tags).analyze()).violations), 'axe, light').toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(inWords(await lookAtColours(page)), 'axe, dark').toEqual([]);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'pixels that stick out sideways').toBeLessThanOrEqual(0);
  await expect(page.locator('main')).toHaveCount(1);
  await expect(page.locator('h1')).toHaveCount(1);
  expect(await page.title()).not.toBe('');
  expect(await page.locator('html').getAttribute('lang')).not.toBeNull();
  if (size) await page.setViewportSize(size);
}

/** With the axe that the first look has left in the page: to bring it along takes longer than to look. */
const lookAtColours = (page: Page) =>
  page.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: Axe };
    return (await axe.run({ runOnly: rules, resultTypes: ['violations'] })).violations;
  }, ofColours);

type Found = { id: string; nodes: { html: string }[] };
type Axe = { run: (options: object) => Promise<{ violations: Found[] }> };

const inWords = (violations: Found[]) =>
  violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
