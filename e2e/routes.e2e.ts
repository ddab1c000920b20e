import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, makeTenant, type Tenant, test } from './fixtures.ts';
import { demoAdmin, mutate, type Persona, persona, query } from './persona.ts';
import { project } from './product.ts';

const people = ['nobody', 'stranger', 'agent', 'admin', 'owner', 'suspended', 'superadmin'] as const;
type Person = (typeof people)[number];
/** A status, or where a redirect leads (its beginning). */
type Outcome = number | string;
type Row = Record<Person, Outcome>;

const forAll = (outcome: Outcome): Row =>
  Object.fromEntries(people.map((person) => [person, outcome])) as Row;
/** A tenant's room. */
const room = (more: Partial<Row> = {}): Row => ({
  ...{ nobody: '/sign-in', stranger: 404, agent: 200, admin: 200, owner: 200, superadmin: 404 },
  suspended: '/suspended/',
  ...more,
});
const superadmins: Row = { ...forAll(404), nobody: '/sign-in', superadmin: 200 };
const signedIn = (outcome: Outcome, more: Partial<Row> = {}): Row => ({
  ...forAll(outcome),
  nobody: '/sign-in',
  ...more,
});

/**
 * Every file under app/ that answers an address, each with what it answers to whom. `[tenant]` is the tenant of the
 * agent, admin and owner; for the person of a suspended tenant it is theirs.
 */
const pages: Record<string, Row> = {
  '(public)/page.tsx': { ...forAll('/home'), nobody: 200 },
  '(public)/sign-in/page.tsx': { ...forAll('/home'), nobody: 200 },
  '(public)/invitations/[token]/page.tsx': forAll(200),
  '(public)/sign-up/page.tsx': { ...forAll('/home'), nobody: 200 },
  '(public)/reset/page.tsx': forAll(200),
  // Links of letters, here of none: they say that they are worth nothing.
  '(public)/reset/[token]/page.tsx': forAll(200),
  '(public)/confirm/[token]/page.tsx': forAll(200),
  'account/page.tsx': signedIn(200),
  // The demo's letters.
  'outbox/page.tsx': forAll(200),
  'home/page.tsx': signedIn('/t/', { superadmin: '/admin/tenants' }),
  'phone/page.tsx': forAll(200),
  'onboarding/page.tsx': signedIn(200),
  'suspended/[tenant]/page.tsx': {
    ...{ nobody: '/sign-in', stranger: 404, agent: '/t/', admin: '/t/', owner: '/t/', superadmin: 404 },
    suspended: 200,
  },
  'admin/page.tsx': { ...superadmins, superadmin: '/admin/tenants' },
  'admin/tenants/page.tsx': superadmins,
  'admin/tenants/[tenant]/page.tsx': superadmins,
  'admin/audit/page.tsx': superadmins,
  'admin/capacity/page.tsx': superadmins,
  'admin/capacity/tiers/page.tsx': superadmins,
  'admin/capacity/runs/page.tsx': superadmins,
  // A file that is none.
  'api/admin/capacity/[file]/route.ts': { ...forAll(404), nobody: 401 },
  't/[tenant]/page.tsx': room({ agent: '/t/', admin: '/t/', owner: '/t/' }),
  't/[tenant]/inbox/page.tsx': room(),
  't/[tenant]/inbox/[conversation]/page.tsx': room({ agent: 404, admin: 404, owner: 404 }),
  't/[tenant]/leads/page.tsx': room(),
  't/[tenant]/leads/[leadId]/page.tsx': room({ agent: 404, admin: 404, owner: 404 }),
  't/[tenant]/onboarding/page.tsx': room({ agent: 404 }),
  't/[tenant]/channels/page.tsx': room(),
  't/[tenant]/channels/[key]/page.tsx': room({ agent: 404, admin: 404, owner: 404 }),
  't/[tenant]/channels/connect/page.tsx': room(),
  't/[tenant]/channels/connect/facebook/page.tsx': room(),
  't/[tenant]/channels/connect/[id]/page.tsx': room(),
  // An agent reads there whom to ask.
  't/[tenant]/leads/import/page.tsx': room(),
  't/[tenant]/leads/changes/page.tsx': room(),
  't/[tenant]/settings/page.tsx': room(),
  't/[tenant]/settings/members/page.tsx': room(),
  // An agent reads there who may read it.
  't/[tenant]/settings/audit/page.tsx': room(),
  'api/t/[tenant]/audit.csv/route.ts': {
    ...{ nobody: 401, stranger: 404, agent: 403, admin: 200, owner: 200, suspended: 412, superadmin: 404 },
  },
  // An export that is none: who may open one is told so, in a suspended tenant too.
  'api/t/[tenant]/exports/[id]/route.ts': {
    ...{ nobody: 401, stranger: 404, agent: 403, admin: 404, owner: 404, suspended: 404, superadmin: 404 },
  },
  'api/t/[tenant]/imports/route.ts': forAll(405),
  // Of an import that is nobody's.
  'api/t/[tenant]/imports/[id]/refused.csv/route.ts': {
    ...{ nobody: 401, stranger: 404, agent: 403, admin: 404, owner: 404, suspended: 412, superadmin: 404 },
  },
  // Asked without what they are for: each procedure has its own test, next-auth and the webhook theirs.
  'api/auth/[...nextauth]/route.ts': forAll(400),
  'api/trpc/[trpc]/route.ts': forAll(404),
  'api/webhooks/whatsapp/[[...channel]]/route.ts': forAll(403),
};

/** What web.ts answers before the pages are asked: the paths that its source names. */
const doors: Record<string, Row> = {
  '/livez': forAll(200),
  '/readyz': forAll(200),
  '/metrics': forAll(200),
  '/_sim/': forAll(404),
  '/_sim': forAll(404),
  '/api/trpc': forAll(404),
};

const fill = (file: string, tenant: Tenant) =>
  `/${path.dirname(file)}`
    .replace('/(public)', '')
    .replace('[[...channel]]', '')
    .replace('[...nextauth]', 'nothing')
    .replace('[trpc]', 'no.such')
    .replace('[token]', 'of-nobody')
    .replace('[key]', 'of-nobody')
    .replace('[file]', 'of-nobody')
    .replace('[id]', '01900000-0000-7000-8000-000000000000')
    .replace('[leadId]', '01900000-0000-7000-8000-000000000000')
    .replace('[conversation]', '01900000-0000-7000-8000-000000000000')
    .replace('[tenant]', tenant.slug)
    .replace(/\/+$/, '') || '/';

let contexts: Record<Person, Persona>;
let tenants: { own: Tenant; suspended: Tenant };

test.beforeAll(async () => {
  const [own, other, suspended] = [await makeTenant(true), await makeTenant(true), await makeTenant(true)];
  const login = ({ password }: Tenant, { email }: { email: string }) => persona({ email, password });
  const [agent, colleague] = own.agents;
  contexts = {
    nobody: await persona(),
    stranger: await login(other, other.owner),
    agent: await login(own, agent),
    admin: await login(own, colleague),
    owner: await login(own, own.owner),
    suspended: await login(suspended, suspended.owner),
    superadmin: await persona(demoAdmin),
  };
  const members = await query<{ userId: string; email: string }[]>(contexts.owner, 'members.list', {
    tenant: own.slug,
  });
  const admin = members.find(({ email }) => email === colleague.email);
  await mutate(contexts.owner, 'members.changeRole', {
    tenant: own.slug,
    userId: admin?.userId,
    role: 'admin',
  });
  await mutate(contexts.superadmin, 'admin.suspend', { slug: suspended.slug, reason: 'For the test' });
  tenants = { own, suspended };
});

test.afterAll(async () => {
  for (const context of Object.values(contexts)) await context.dispose();
});

test('every route has its row here, and every row its route', () => {
  const files = globSync('**/{page.tsx,route.ts}', { cwd: path.join(project, 'app') });
  expect(
    files.filter((file) => !pages[file]),
    'Give these a row in `pages` above, such as room() for a tenant’s room',
  ).toEqual([]);
  expect(Object.keys(pages).filter((file) => !files.includes(file))).toEqual([]);
  const source = readFileSync(path.join(project, 'server/web.ts'), 'utf8');
  const named = [...source.matchAll(/pathname(?: === |\.startsWith\()'([^']+)'/g)].map(
    ([, name = '']) => name,
  );
  expect(named.length).toBeGreaterThan(3);
  expect(
    named.filter((name) => !doors[name]),
    'Give these a row in `doors` above',
  ).toEqual([]);
});

for (const person of people)
  test(`each route, for ${person}`, async () => {
    const tenant = person === 'suspended' ? tenants.suspended : tenants.own;
    const rows = [
      ...Object.entries(pages).map(([file, row]) => [fill(file, tenant), row] as const),
      ...Object.entries(doors),
    ];
    const found: string[] = [];
    const wanted: string[] = [];
    for (const [address, row] of rows) {
      const answer = await (/\.csv$|\/exports\//.test(address)
        ? contexts[person].post(address, { form: {} })
        : contexts[person].get(address));
      const outcome = row[person];
      const location = answer.headers()['location'];
      const leads = location && new URL(location, 'http://localhost').pathname;
      const isMatch = typeof outcome === 'number' ? answer.status() === outcome : leads?.startsWith(outcome);
      wanted.push(`${address}: ${outcome}`);
      found.push(`${address}: ${isMatch ? outcome : (leads ?? answer.status())}`);
    }
    expect(found).toEqual(wanted);
  });

test('somebody else’s tenant and none at all are the same to the letter', async () => {
  const bodyOf = async (slug: string) => {
    const answer = await contexts.stranger.get(`/t/${slug}/inbox`);
    return (await answer.text())
      .replaceAll(slug, 'SLUG')
      .replaceAll(/nonce="[^"]*"|"nonce":"[^"]*"|\d{13}/g, '');
  };
  expect((await bodyOf(tenants.own.slug)).length).toBeGreaterThan(100);
  for (const word of [tenants.own.name, tenants.own.owner.name])
    expect(await bodyOf(tenants.own.slug)).not.toContain(word);
});
