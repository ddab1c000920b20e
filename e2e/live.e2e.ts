import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import pg from 'pg';
import { expect, makeTenant, newPhone, signInOn, type Tenant, test, writes } from './fixtures.ts';
import { layLine } from './line.ts';
import { ports, running } from './product.ts';

test.use({ botOff: true });

/** Writes, and waits until it is in the open thread: how long that took. Milliseconds. */
async function liveAfter(page: Page, tenant: Tenant, from: string, text: string): Promise<number> {
  const began = performance.now();
  await writes(tenant, from, text);
  await expect(page.getByRole('log').getByText(text, { exact: true })).toBeVisible();
  return performance.now() - began;
}

test.describe('within three seconds after twelve without a line, what came meanwhile is there', () => {
  for (const { name, how, forgets } of [
    { name: 'that broke', how: 'breaks', forgets: false },
    { name: 'that swallowed everything', how: 'swallows', forgets: false },
    { name: 'that swallowed everything and forgot its connections', how: 'swallows', forgets: true },
  ] as const)
    test(name, async ({ browser, tenant }) => {
      const line = await layLine(ports.web);
      const context = await browser.newContext({ baseURL: `http://localhost:${line.port}` });
      const page = await context.newPage();
      const [anna, bela] = [newPhone(), newPhone()];
      await writes(tenant, anna, 'Before', { name: 'Anna Ahorn' });
      await signInOn(page, tenant.agents[0].email, tenant.password);
      await page.getByRole('link', { name: /Anna Ahorn/ }).click();
      const log = page.getByRole('log');
      await liveAfter(page, tenant, anna, 'Live');
      const usual = await liveAfter(page, tenant, anna, 'Live again');

      line.cut(how);
      await writes(tenant, anna, 'In the first moment');
      await sleep(6_000);
      await expect(page.getByText(/Live updates are lost since/)).toBeVisible();
      await writes(tenant, anna, 'In the dark');
      await writes(tenant, bela, 'Hello', { name: 'Béla Birke' });
      await sleep(6_000);
      line.mend({ forgets });
      const mended = performance.now();
      await expect(log.getByText('In the dark')).toBeVisible();
      await expect(log.getByText('In the first moment')).toBeVisible();
      await expect(page.getByRole('link', { name: /Béla Birke/ })).toBeVisible();
      const took = performance.now() - mended;
      await expect(page.getByText(/Live updates are lost/)).toBeHidden();
      const usualNow = await liveAfter(page, tenant, anna, 'And on');
      // On a busy machine nothing is quick; what counts is how long the line itself takes to be back.
      expect(took).toBeLessThan(2_500 + 3 * Math.max(usual, usualNow));
      await context.close();
      line.close();
    });
});

test('two tabs of one member in two tenants stay each in its own', async ({ page, context, tenant }) => {
  await signInOn(page, tenant.agents[0].email, tenant.password);
  const second = await makeTenant(true);
  const database = new pg.Client({ connectionString: running().database });
  await database.connect();
  await database.query(
    `insert into members (tenant_id, user_id, role)
     select t.id, u.id, 'agent' from tenants t, users u where t.slug = $1 and u.email = $2`,
    [second.slug, tenant.agents[0].email],
  );
  await database.end();
  const other = await context.newPage();
  await other.goto(`/t/${second.slug}/inbox`);

  const own = [
    { tab: page, at: tenant, lead: 'Erna Erste' },
    { tab: other, at: second, lead: 'Zita Zweite' },
  ];
  for (const { at, lead } of own) await writes(at, newPhone(), `To ${at.slug}`, { name: lead });
  for (const { tab, at, lead } of own) {
    await expect(tab.getByRole('link', { name: /Erna Erste|Zita Zweite/ })).toHaveCount(1);
    await tab.getByRole('link', { name: lead }).click();
    await expect(tab.getByRole('log').getByText(`To ${at.slug}`)).toBeVisible();
  }
  for (const { tab, at, lead } of own) {
    await tab.reload();
    await expect(tab.getByRole('log').getByText(`To ${at.slug}`)).toBeVisible();
    await expect(tab.getByRole('navigation').getByText(at.name)).toBeVisible();
    await expect(tab.getByRole('link', { name: /Erna Erste|Zita Zweite/ })).toHaveText(new RegExp(lead));
  }
});

test('more tabs than a browser has connections are all live, and go on when the first is closed', async ({
  context,
  page,
  tenant,
}) => {
  const from = newPhone();
  await writes(tenant, from, 'Before', { name: 'Tara Tabs' });
  await signInOn(page, tenant.agents[0].email, tenant.password);
  await page.getByRole('link', { name: /Tara Tabs/ }).click();
  await liveAfter(page, tenant, from, 'To the first');
  const address = page.url();
  // Six connections to a host is all that HTTP/1.1 allows.
  const others: Page[] = [];
  for (let more = 0; more < 6; more += 1) {
    const other = await context.newPage();
    await other.goto(address);
    await expect(other.getByRole('log').getByText('To the first')).toBeVisible();
    others.push(other);
  }
  await writes(tenant, from, 'To all');
  for (const tab of [page, ...others]) await expect(tab.getByRole('log').getByText('To all')).toBeVisible();
  await page.close();
  await writes(tenant, from, 'To who is left');
  for (const tab of others) await expect(tab.getByRole('log').getByText('To who is left')).toBeVisible();
});
