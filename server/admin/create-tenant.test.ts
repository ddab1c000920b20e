import { beforeAll, expect, test } from 'vitest';
import { createCaller } from '#server/router.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { memberCaller, testFrom } from '#server/testing/member-caller.ts';

const { owner } = testDatabase();
// Letters stay in the outbox.
process.env['PARLEY_DEMO'] = '1';

let root: TestTenant;
const admin = () => memberCaller(root, { ...root.owner, superadmin: true }).admin;
const wanted = { name: 'Bäckerei Süß', slug: 'baeckerei', email: 'Lena@Baeckerei.example' };

beforeAll(async () => {
  root = await makeTenant();
});

test('a tenant is made for somebody, who comes in by a letter as its owner', async () => {
  expect(await admin().create(wanted)).toEqual({ slug: 'baeckerei' });
  const { rows } = await owner.query(
    `select l.recipient, l.link, t.id from letters l join tenants t on t.id = l.tenant_id where t.slug = 'baeckerei'`,
  );
  expect(rows).toMatchObject([{ recipient: 'lena@baeckerei.example' }]);
  const token = String(rows[0].link).split('/').at(-1) ?? '';
  const stranger = createCaller({ user: undefined, from: testFrom });
  await stranger.invitations.signUp({ token, name: 'Lena', password: 'a long enough one' });
  const { rows: members } = await owner.query(
    `select m.role, u.email from members m join users u on u.id = m.user_id where m.tenant_id = $1`,
    [rows[0].id],
  );
  expect(members).toEqual([{ role: 'owner', email: 'lena@baeckerei.example' }]);
});

test('it is written down, and before anybody came the page says so', async () => {
  await admin().create({ ...wanted, slug: 'another' });
  const tenant = await admin().tenant({ slug: 'another' });
  expect(tenant).toMatchObject({
    members: [],
    channels: [],
    state: 'active',
    invited: ['lena@baeckerei.example'],
  });
  expect(tenant.acts.map(({ action }) => action)).toContain('tenant.created');
});

test.each([
  ['a slug that somebody has', { slug: 'baeckerei' }, 'CONFLICT'],
  ['a slug that is no part of an address', { slug: 'Bäckerei' }, 'BAD_REQUEST'],
  ['a slug that begins with a dash', { slug: '-a' }, 'BAD_REQUEST'],
  ['a name of nothing', { name: ' ', slug: 'x' }, 'BAD_REQUEST'],
  ['an address that is none', { email: 'lena', slug: 'x' }, 'BAD_REQUEST'],
  ['a time zone that is none', { timeZone: 'Mars', slug: 'x' }, 'BAD_REQUEST'],
])('not with %s', async (_, more, code) => {
  await expect(admin().create({ ...wanted, ...more })).rejects.toMatchObject({ code });
  const { rows } = await owner.query("select from tenants where slug = 'x'");
  expect(rows).toEqual([]);
});
