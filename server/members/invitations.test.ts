import { beforeEach, describe, expect, test } from 'vitest';
import { fitsPassword } from '#server/auth/passwords.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { createCaller } from '#server/router.ts';
import { findMember, tenantsOf } from '#server/tenants/find-member.ts';
import type { Role } from '#server/tenants/roles.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { memberCaller, testFrom } from '#server/testing/member-caller.ts';
import { resendInvitation } from './resend-invitation.ts';

// Letters go to the outbox, where they can be read.
process.env['PARLEY_DEMO'] = '1';
const { owner } = testDatabase();
let tenant: TestTenant;
let guest: string;

beforeEach(async () => {
  tenant = await makeTenant();
  guest = `guest@${tenant.slug}.example`;
});

const at = () => ({ tenant: tenant.slug });
const boss = () => memberCaller(tenant, tenant.owner).members;
const stranger = createCaller({ user: undefined, from: testFrom }).invitations;
const signedInAs = (user: TestTenant['agent']) =>
  createCaller({ user: { ...user, confirmed: true, secondFactor: false, sid: newId() }, from: testFrom })
    .invitations;
const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'allowed',
    (error: { code: string; cause?: { reason?: string } }) => error.cause?.reason ?? error.code,
  );
const password = 'a long enough one';

/** The token of the newest letter to an address. */
async function tokenFor(email: string): Promise<string> {
  const { rows } = await owner.query(
    'select link from letters where recipient = $1 order by id desc limit 1',
    [email],
  );
  return rows[0].link.split('/').at(-1);
}

async function invite(email = guest, role: Role = 'agent') {
  const { id } = await boss().invite({ ...at(), email, role });
  return { id, token: await tokenFor(email.toLowerCase()) };
}

async function audited() {
  const { rows } = await owner.query(
    'select action, actor_name as who, subject from audit where tenant_id = $1 order by at, id',
    [tenant.id],
  );
  return rows.map(({ action, who, subject }) => `${who}: ${action} ${subject}`);
}

test('an invitation is a letter with a link, and a line in the list', async () => {
  const { token } = await invite(guest.toUpperCase(), 'admin');
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(await boss().invitations(at())).toMatchObject([{ email: guest, role: 'admin', inviter: 'Ines' }]);
  expect(await stranger.read({ token })).toMatchObject({
    ...{ email: guest, role: 'admin', inviter: 'Ines', hasLogin: false },
    tenant: expect.stringContaining('Tenant'),
  });
  expect(await audited()).toEqual([`Ines: member.invited ${guest}`]);
});

test('the database knows no link', async () => {
  const { token } = await invite();
  const { rows } = await owner.query('select i::text as row from invitations i');
  expect(rows.filter(({ row }) => row.includes(token))).toEqual([]);
});

describe('without a login', () => {
  test('name and password make one, and the place is taken', async () => {
    const { token } = await invite();
    const made = await stranger.signUp({ token, name: 'Gale', password });
    expect(made).toEqual({ email: guest, slug: tenant.slug });
    const user = await asPlatform(({ db }) => db.user.findFirstOrThrow({ where: { email: guest } }));
    expect(await fitsPassword(user.passwordHash, password)).toBe(true);
    expect((await findMember(user.id, tenant.slug))?.role).toBe('agent');
    expect(await audited()).toContain(`Gale: member.joined Gale (${guest})`);
    expect(await boss().invitations(at())).toEqual([]);
  });

  test('once: of two at the same moment one is', async () => {
    const { token } = await invite();
    const outcomes = await Promise.all(
      ['Gale', 'Gail'].map((name) => refused(stranger.signUp({ token, name, password }))),
    );
    expect(outcomes.sort()).toEqual(['allowed', 'used']);
    expect(await refused(stranger.read({ token }))).toBe('used');
  });

  test.each([
    ['a short password', { name: 'Gale', password: 'short' }, 'password'],
    ['everybody’s password', { name: 'Gale', password: 'password123' }, 'password'],
    ['no name', { name: ' ', password: 'a long enough one' }, 'BAD_REQUEST'],
  ])('%s makes none', async (_, form, why) => {
    const { token } = await invite();
    expect(await refused(stranger.signUp({ token, ...form }))).toBe(why);
  });
});

describe('with a login', () => {
  test('it takes a click, and the other tenant stays', async () => {
    const other = await makeTenant();
    const { token } = await invite(other.agent.email, 'admin');
    await owner.query('update users set email_confirmed_at = null where id = $1', [other.agent.id]);
    expect(await stranger.read({ token })).toMatchObject({ hasLogin: true });
    expect(await signedInAs(other.agent).accept({ token })).toEqual({ slug: tenant.slug });
    const { emailConfirmedAt } = await asPlatform(({ db }) =>
      db.user.findUniqueOrThrow({ where: { id: other.agent.id } }),
    );
    expect(emailConfirmedAt, 'the letter has proven the address').not.toBeNull();
    const places = await tenantsOf(other.agent.id);
    expect(places.map(({ slug, role }) => [slug, role]).sort()).toEqual(
      [
        [tenant.slug, 'admin'],
        [other.slug, 'agent'],
      ].sort(),
    );
  });

  test('nobody makes a second one', async () => {
    const other = await makeTenant();
    const { token } = await invite(other.agent.email);
    expect(await refused(stranger.signUp({ token, name: 'Gale', password }))).toBe('has-login');
  });

  test('of another address it is refused, in words that name both', async () => {
    const { token } = await invite();
    const accepting = signedInAs(tenant.agent).accept({ token });
    await expect(accepting).rejects.toThrow(
      `This invitation is for ${guest}, and you are signed in as ${tenant.agent.email}.`,
    );
    expect(await boss().invitations(at())).toHaveLength(1);
  });

  test('who is a member by then keeps the role that they have', async () => {
    const other = await makeTenant();
    const { token } = await invite(other.agent.email, 'agent');
    await owner.query("insert into members (tenant_id, user_id, role) values ($1, $2, 'admin')", [
      tenant.id,
      other.agent.id,
    ]);
    await signedInAs(other.agent).accept({ token });
    expect((await findMember(other.agent.id, tenant.slug))?.role).toBe('admin');
  });
});

describe('a link lets nobody in', () => {
  test.each(['', 'x', 'a'.repeat(43)])('that is none of ours: “%s”', async (token) => {
    expect(await refused(stranger.read({ token }))).toBe('unknown');
    expect(await refused(stranger.signUp({ token, name: 'Gale', password }))).toBe('unknown');
    expect(await refused(signedInAs(tenant.agent).accept({ token }))).toBe('unknown');
  });

  test('after seven days', async () => {
    const { id, token } = await invite();
    const moveBack = (time: string) =>
      owner.query('update invitations set expires_at = expires_at - $2::interval where id = $1', [id, time]);
    await moveBack('6 days 23 hours');
    expect(await refused(stranger.read({ token }))).toBe('allowed');
    await moveBack('1 hour');
    expect(await refused(stranger.read({ token }))).toBe('expired');
    expect(await refused(stranger.signUp({ token, name: 'Gale', password }))).toBe('expired');
  });

  test('once it is withdrawn', async () => {
    const { id, token } = await invite();
    await boss().withdrawInvitation({ ...at(), invitationId: id });
    expect(await refused(stranger.signUp({ token, name: 'Gale', password }))).toBe('withdrawn');
    expect(await boss().invitations(at())).toEqual([]);
    expect(await refused(boss().withdrawInvitation({ ...at(), invitationId: id }))).toBe('no-invitation');
  });

  test('once a newer letter has replaced it, which lasts seven days from then', async () => {
    const { id, token } = await invite();
    await owner.query(
      "update invitations set sent_at = sent_at - interval '8 days', expires_at = expires_at - interval '8 days' where id = $1",
      [id],
    );
    await boss().sendInvitationAgain({ ...at(), invitationId: id });
    const newer = await tokenFor(guest);
    expect(newer).not.toBe(token);
    expect(await refused(stranger.read({ token }))).toBe('unknown');
    expect(await refused(stranger.signUp({ token: newer, name: 'Gale', password }))).toBe('allowed');
  });

  test('while the tenant is suspended', async () => {
    const { token } = await invite();
    await owner.query("update tenants set state = 'suspended' where id = $1", [tenant.id]);
    expect(await refused(stranger.read({ token }))).toBe('tenant-suspended');
  });
});

describe('inviting is refused', () => {
  test('for who is a member, or is invited already', async () => {
    const inviting = (email: string) => refused(boss().invite({ ...at(), email, role: 'agent' }));
    expect(await inviting(tenant.agent.email)).toBe('member');
    expect(await inviting(guest)).toBe('allowed');
    expect(await inviting(guest)).toBe('invited');
  });

  test('twice within a minute', async () => {
    const { id } = await invite();
    expect(await refused(boss().sendInvitationAgain({ ...at(), invitationId: id }))).toBe('sent-just-now');
  });

  test('to an agent; and an admin neither invites an owner nor touches an owner’s invitation', async () => {
    const { id } = await invite(guest, 'owner');
    const inviting = (role: Role) =>
      refused(memberCaller(tenant).members.invite({ ...at(), email: `x${guest}`, role }));
    expect(await inviting('agent')).toBe('role');
    await owner.query("update members set role = 'admin' where user_id = $1", [tenant.agent.id]);
    expect(await inviting('owner')).toBe('owner');
    const { withdrawInvitation } = memberCaller(tenant).members;
    expect(await refused(withdrawInvitation({ ...at(), invitationId: id }))).toBe('owner');
    expect(await inviting('admin')).toBe('allowed');
  });

  test('beyond a hundred a day', async () => {
    await owner.query(
      `insert into invitations (tenant_id, id, email, role, token_hash, inviter_name, sent_at, expires_at, revoked_at)
       select $1, gen_random_uuid(), 'n' || n, 'agent', sha256(n::text::bytea), 'Ines', now(), now(), now()
       from generate_series(1, 100) n`,
      [tenant.id],
    );
    expect(await refused(boss().invite({ ...at(), email: guest, role: 'agent' }))).toBe('invitations');
  });

  test.each(['', 'nobody', 'a@b', `${'a'.repeat(320)}@example.org`])('to “%s”', async (email) => {
    expect(await refused(boss().invite({ ...at(), email, role: 'agent' }))).toBe('BAD_REQUEST');
  });
});

test('who lost their place a moment ago writes no letter any more', async () => {
  const { id } = await invite();
  await owner.query("update members set role = 'owner' where user_id = $1", [tenant.agent.id]);
  await owner.query('delete from members where user_id = $1', [tenant.owner.id]);
  const actor = { userId: tenant.owner.id, name: 'Ines', ...testFrom };
  const sending = withTenant(tenant.id, (tx) => resendInvitation(tx, { actor, invitationId: id }));
  expect(await sending.catch(({ reason }) => reason)).toBe('no-member');
});
