import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeFullTenant } from '#server/testing/full-tenant.ts';
import { testFrom } from '#server/testing/member-caller.ts';
import { appRouter, createCaller } from './router.ts';

testDatabase();

type Full = Awaited<ReturnType<typeof makeFullTenant>>;
type Call = (input: unknown) => Promise<unknown>;
type Definition = { type: string; inputs?: unknown[] };

// Every procedure there is, so that a new one is tested by being there.
const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  // The cast: the types tell the tree of routers, the list at run time is flat.
  const { type, inputs = [] } = (procedure as unknown as { _def: Definition })._def;
  const fields = inputs.flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : []));
  return { path, type, fields };
});
const ofTenants = procedures.filter(({ fields }) => fields.includes('tenant'));
const ofAnyone = procedures.filter(({ fields }) => !fields.includes('tenant')).map(({ path }) => path);
// Whoever holds an invitation's link has no login yet.
const ofStrangers = ['invitations.read', 'invitations.signUp'];
const ofInvitations = ['invitations.read', 'invitations.accept', 'invitations.signUp'];
const namesARow = (fields: string[]) =>
  fields.some((field) => ['id', 'conversationId', 'messageId', 'userId', 'invitationId'].includes(field));

let [mine, theirs]: Full[] = [];
let theirMessage: string;
let theirInvitation: string;
const own = () => mine ?? expect.fail();
const other = () => theirs ?? expect.fail();

beforeAll(async () => {
  [mine, theirs] = [await makeFullTenant(), await makeFullTenant()];
  const message = await asPlatform(({ db }) =>
    db.message.findFirstOrThrow({ where: { tenantId: other().id, direction: 'outbound' } }),
  );
  theirMessage = message.id;
  const invitation = await asPlatform(({ db }) =>
    db.invitation.findFirstOrThrow({ where: { tenantId: other().id } }),
  );
  theirInvitation = invitation.id;
});

/** The procedure of this path as somebody calls it. */
function as(
  user: { id: string; email: string; name: string; superadmin: boolean } | undefined,
  path: string,
): Call {
  const caller: unknown = createCaller({ user: user && { ...user, sid: newId() }, from: testFrom });
  // The cast: the path is known at run time only.
  return path.split('.').reduce((part, name) => (part as Record<string, unknown>)[name], caller) as Call;
}

/** Something for every field that a procedure may have; each takes what it knows. */
const input = (tenant: string) => ({
  ...{ tenant, id: other().conversationId, conversationId: other().conversationId, messageId: theirMessage },
  ...{ text: 'Hi', count: 1, tab: 'all', search: '', cursor: null, from: 'bot', lastEventId: null },
  ...{ userId: other().agent.id, invitationId: theirInvitation, role: 'agent', email: 'a@router.example' },
});

const code = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: { code: string }) => error.code,
  );

test('there are procedures of tenants, and few others', () => {
  expect(ofTenants.length).toBeGreaterThan(10);
  expect(ofAnyone).toEqual(['tenants.mine', 'onboarding.create', ...ofInvitations, 'admin.tenants']);
});

describe.each(procedures.filter(({ path }) => !ofStrangers.includes(path)))('$path', ({ path }) => {
  test('is closed to who is signed out', async () => {
    expect(await code(as(undefined, path)(input(own().slug)))).toBe('UNAUTHORIZED');
    expect(await code(as(undefined, path)(undefined))).toBe('UNAUTHORIZED');
  });
});

describe.each(ofTenants)('$path', ({ path, type, fields }) => {
  test.each(['agent', 'owner'] as const)('is not there for another tenant’s %s', async (role) => {
    expect(await code(as(own()[role], path)(input(other().slug)))).toBe('NOT_FOUND');
  });

  test('is not there for a superadmin who is no member, nor in a tenant that does not exist', async () => {
    expect(await code(as({ ...own().agent, superadmin: true }, path)(input(other().slug)))).toBe('NOT_FOUND');
    expect(await code(as(own().agent, path)(input('nobody')))).toBe('NOT_FOUND');
  });

  test('gives nothing away by another tenant’s ids', async () => {
    if (type === 'subscription') return;
    const call = as(own().owner, path)(input(own().slug));
    if (namesARow(fields)) return expect(await code(call)).toBe('NOT_FOUND');
    const answer = await call.then(JSON.stringify, ({ message }: Error) => message);
    for (const secret of [other().id, other().slug, other().conversationId, other().leadId, theirMessage])
      expect(answer).not.toContain(secret);
  });
});

test('one’s own list of tenants holds one’s own', async () => {
  const answer = JSON.stringify(await as(own().agent, 'tenants.mine')(undefined));
  expect(answer).toContain(own().slug);
  expect(answer).not.toContain(other().slug);
});

test.each(ofAnyone.filter((path) => path.startsWith('admin.')))(
  '%s is there for the superadmin alone',
  async (path) => {
    expect(await code(as(own().owner, path)(undefined))).toBe('NOT_FOUND');
    expect(await code(as({ ...own().owner, superadmin: true }, path)(undefined))).toBe('answered');
  },
);

test('a suspended tenant’s members are told why it is closed, and nothing else', async () => {
  const suspended = await makeFullTenant();
  await asPlatform(({ db }) =>
    db.tenant.update({
      where: { id: suspended.id },
      data: { state: 'suspended', suspendedReason: 'Unpaid' },
    }),
  );
  const current = as(suspended.owner, 'tenants.current')(input(suspended.slug));
  expect(await current).toMatchObject({ standing: { state: 'suspended', reason: 'Unpaid' } });
  const open = ['tenants.current', 'members.leave'];
  for (const { path } of ofTenants.filter((one) => !open.includes(one.path))) {
    const call = as(suspended.owner, path)(input(suspended.slug));
    const closed = { code: 'PRECONDITION_FAILED', message: expect.stringContaining('(Unpaid)') };
    await expect(call, path).rejects.toMatchObject(closed);
  }
});
