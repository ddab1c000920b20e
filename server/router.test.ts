import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { beginSession } from '#server/auth/sessions.ts';
import { may, type Role, roles } from '#server/tenants/roles.ts';
import { testDatabase } from '#server/testing/database.ts';
import { fingerprintOf, makeMatrixTenant } from '#server/testing/matrix-tenant.ts';
import { testFrom } from '#server/testing/member-caller.ts';
import { type MatrixTenant, procedureRows, type Row } from '#server/testing/procedure-rows.ts';
import { simulatedMetaWithWeb } from '#server/testing/simulated-meta.ts';
import { appRouter, createCaller } from './router.ts';

const { owner: database } = testDatabase();
// Letters may be written here, and go nowhere.
process.env['PARLEY_DEMO'] = '1';
simulatedMetaWithWeb();

type User = { id: string; email: string; name: string; superadmin: boolean };
type Answer = { code: string; message: string; said: unknown };
type Definition = { type: string; inputs?: unknown[] };

// Every procedure there is. The cast: the types tell the tree of routers, the list at run time is flat.
const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  const { type, inputs = [] } = (procedure as unknown as { _def: Definition })._def;
  const fields = inputs.flatMap((form) => (form instanceof z.ZodObject ? Object.keys(form.shape) : []));
  return { path, type, fields };
});
const known = procedures.flatMap((one) => {
  const row = procedureRows[one.path];
  return row ? [{ ...one, row }] : [];
});
const isOfTenant = ({ who }: Row) => !['public', 'signed-in', 'superadmin'].includes(who);
const ofTenants = known.filter(({ row }) => isOfTenant(row));

let [mine, theirs, suspended]: MatrixTenant[] = [];
const own = () => mine ?? expect.fail();
const other = () => theirs ?? expect.fail();
const closed = () => suspended ?? expect.fail();
const superadmin = () => ({ ...other().agent, superadmin: true });

beforeAll(async () => {
  mine = await makeMatrixTenant(database);
  theirs = await makeMatrixTenant(database);
  suspended = await makeMatrixTenant(database);
  await database.query("update tenants set state = 'suspended', suspended_reason = 'Unpaid' where id = $1", [
    suspended.id,
  ]);
}, 180_000);

/** What somebody gets from a procedure: "answered" with what was said, or the code and words of a no. */
async function call(user: User | undefined, path: string, input: object): Promise<Answer> {
  const session = user && {
    ...{ ...user, confirmed: true, secondFactor: false },
    sid: await beginSession(user.id, 'A test'),
  };
  const caller: unknown = createCaller({ user: session, from: testFrom });
  // The casts: the path is known at run time only.
  const procedure = path
    .split('.')
    .reduce((part, name) => (part as Record<string, unknown>)[name], caller) as (
    input: object,
  ) => Promise<unknown>;
  try {
    return { code: 'answered', message: '', said: await procedure(input) };
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message, said: undefined };
  }
}

/** The right input, for whom it is right. */
const inputOf = (row: Row, tenant: MatrixTenant) => ({
  ...row.input(tenant),
  ...(isOfTenant(row) && { tenant: tenant.slug }),
});

const mayEnter = ({ who }: Row, role: Role) =>
  who === 'public' || who === 'signed-in' || who === 'place' || who === 'member'
    ? true
    : who !== 'superadmin' && may(role, who);

/** Words that only another tenant's rows hold. */
const secretsOf = (tenant: MatrixTenant) => [
  ...[tenant.slug, tenant.phoneNumberId, tenant.token, tenant.owner.email, tenant.agent.email],
  ...[`Alex of ${tenant.slug}`, tenant.conversationId, tenant.leadId, ...Object.values(tenant.ids)],
];
const text = (said: unknown) => JSON.stringify(said) ?? '';

test('every procedure has its line in server/testing/procedure-rows.ts, and every line its procedure', () => {
  const without = procedures.filter(({ path }) => !procedureRows[path]);
  const lines = without.map(({ path, fields }) => {
    const input = fields.filter((field) => field !== 'tenant').join(', ');
    return `  '${path}': ${fields.includes('tenant') ? 'member' : 'signedIn'}(${input && `(t) => ({ ${input} })`}),`;
  });
  expect(
    lines,
    'Add these lines to server/testing/procedure-rows.ts: who gets in (everybody, signedIn, place, member, may(permission), superadmin), and a right input',
  ).toEqual([]);
  expect(Object.keys(procedureRows).filter((path) => !procedures.some((one) => one.path === path))).toEqual(
    [],
  );
});

describe.each(known)('$path', ({ path, type, fields, row }) => {
  test('for who is signed out', async () => {
    const { code } = await call(undefined, path, inputOf(row, own()));
    if (row.who === 'public') expect(code).not.toBe('UNAUTHORIZED');
    else expect(code).toBe('UNAUTHORIZED');
  });

  if (row.who === 'superadmin') {
    test.each(roles)('is not there for an %s', async (role) => {
      expect(await call(own()[role], path, inputOf(row, own()))).toMatchObject({ code: 'NOT_FOUND' });
    });
    test('for the superadmin', async () => {
      const tenant = type === 'mutation' ? await makeMatrixTenant(database) : own();
      const { code, message } = await call(superadmin(), path, inputOf(row, tenant));
      expect(code, message).toBe(row.answer ?? 'answered');
    });
    return;
  }

  test('for each role that has it, and for no other', async () => {
    // What changes something may change it once.
    const tenant = type === 'mutation' ? await makeMatrixTenant(database) : own();
    let isFirst = true;
    for (const role of roles.toReversed()) {
      const { code, message } = await call(tenant[role], path, inputOf(row, tenant));
      if (!mayEnter(row, role)) expect(code, `${role}: ${message}`).toBe('FORBIDDEN');
      else if (isFirst) expect(code, `${role}: ${message}`).toBe(row.answer ?? 'answered');
      // Whoever comes later may find it done, never the door shut.
      else
        expect(['UNAUTHORIZED', 'FORBIDDEN', 'INTERNAL_SERVER_ERROR'], `${role}: ${message}`).not.toContain(
          code,
        );
      isFirst &&= !mayEnter(row, role);
    }
  });

  if (!isOfTenant(row)) return;

  test('is not there for another tenant’s members, a superadmin, or in no tenant', async () => {
    const before = await fingerprintOf(database, own().id);
    for (const user of [other().agent, other().admin, other().owner, superadmin()])
      expect(await call(user, path, inputOf(row, own()))).toMatchObject({
        code: 'NOT_FOUND',
        message: 'Not found.',
      });
    const nobodys = { ...inputOf(row, own()), tenant: 'nobody' };
    expect(await call(own().owner, path, nobodys)).toMatchObject({
      code: 'NOT_FOUND',
      message: 'Not found.',
    });
    expect(await fingerprintOf(database, own().id)).toBe(before);
  });

  test('in a suspended tenant tells its owner why, and does nothing', async () => {
    if (row.who === 'place') return;
    const before = await fingerprintOf(database, closed().id);
    expect(await call(closed().owner, path, inputOf(row, closed()))).toMatchObject({
      code: 'PRECONDITION_FAILED',
      message: expect.stringContaining('(Unpaid)'),
    });
    expect(await fingerprintOf(database, closed().id)).toBe(before);
  });

  test('with another tenant’s ids finds nothing, gives nothing away and changes nothing there', async () => {
    const input = { ...inputOf(row, other()), tenant: own().slug };
    const before = await fingerprintOf(database, other().id);
    const { code, message, said } = await call(own().owner, path, input);
    const { tenant: _, ...rest } = input;
    if (secretsOf(other()).some((word) => text(rest).includes(word)))
      expect(code, message).toBe(row.foreign ?? 'NOT_FOUND');
    for (const secret of secretsOf(other())) expect(text(said)).not.toContain(secret);
    expect(await fingerprintOf(database, other().id)).toBe(before);
  });

  test('takes anything else calmly: no bug, nothing of another tenant, nothing changed there', async () => {
    const before = await fingerprintOf(database, other().id);
    const right: Record<string, unknown> = row.input(own());
    const foreign = [...Object.values(other().ids), other().conversationId, other().owner.id, other().slug];
    const value = (field: string) =>
      fc.oneof(
        fc.constant(right[field]),
        fc.constantFrom(...foreign),
        fc.array(fc.constantFrom(...foreign), { maxLength: 3 }),
        fc.uuid(),
        fc.string(),
        fc.integer(),
        fc.constantFrom(null, undefined, true, {}, '', '\0', '\ud800', '%', "' or true --", '../x'),
      );
    const names = [...new Set([...Object.keys(right), ...fields])].filter((field) => field !== 'tenant');
    const input = fc.record({
      ...Object.fromEntries(names.map((name) => [name, value(name)])),
      tenant: fc.oneof(
        { weight: 4, arbitrary: fc.constant(own().slug) },
        fc.constantFrom(other().slug, '', '%'),
      ),
    });
    await fc.assert(
      fc.asyncProperty(input, async (given) => {
        const { code, message, said } = await call(own().owner, path, given);
        expect(code, message).not.toBe('INTERNAL_SERVER_ERROR');
        for (const secret of secretsOf(other()).filter((word) => !text(given).includes(word)))
          expect(text(said) + message).not.toContain(secret);
        await openAgain(own());
      }),
      { numRuns: names.length === 0 ? 3 : 12 },
    );
    expect(await fingerprintOf(database, other().id)).toBe(before);
  });
});

/** What a fuzzed call may have closed or taken away in one's own tenant, so that the next one is about something too. */
async function openAgain({ id, owner, admin, agent }: MatrixTenant) {
  await database.query(
    `update tenants set state = 'active', suspended_at = null, delete_asked_at = null, delete_after = null where id = $1`,
    [id],
  );
  for (const [user, role] of [
    [owner, 'owner'],
    [admin, 'admin'],
    [agent, 'agent'],
  ] as const)
    await database.query(
      `insert into members (tenant_id, user_id, role) values ($1, $2, $3)
       on conflict (tenant_id, user_id) do update set role = excluded.role where members.role <> excluded.role`,
      [id, user.id, role],
    );
}

test('there are procedures of tenants, and they name the tenant', () => {
  expect(ofTenants.length).toBeGreaterThan(10);
  expect(ofTenants.filter(({ fields }) => !fields.includes('tenant'))).toEqual([]);
});

test('one’s own list of tenants holds one’s own', async () => {
  const answer = text((await call(own().agent, 'tenants.mine', {})).said);
  expect(answer).toContain(own().slug);
  expect(answer).not.toContain(other().slug);
});
