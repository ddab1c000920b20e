import { beforeAll, describe, expect, test } from 'vitest';
import { may, type Role, roles } from '#server/tenants/roles.ts';
import { testDatabase } from '#server/testing/database.ts';
import { fingerprintOf, makeMatrixTenant, matrixTenantsAhead } from '#server/testing/matrix-tenant.ts';
import { type MatrixTenant, procedureRows, type Row } from '#server/testing/procedure-rows.ts';
import {
  call,
  inputOf,
  isOfTenant,
  known,
  ofTenants,
  procedures,
  secretsOf,
  text,
} from '#server/testing/procedures.ts';
import { simulatedMetaWithWeb } from '#server/testing/simulated-meta.ts';

const { owner: database } = testDatabase();
// Letters may be written here, and go nowhere.
process.env['PARLEY_DEMO'] = '1';
simulatedMetaWithWeb();

let [mine, theirs, suspended]: MatrixTenant[] = [];
const own = () => mine ?? expect.fail();
const other = () => theirs ?? expect.fail();
const closed = () => suspended ?? expect.fail();
const superadmin = () => ({ ...other().agent, superadmin: true });
// What changes something may change it once, in a tenant of its own.
const mutations = known.filter(({ type }) => type === 'mutation');
const untouched = matrixTenantsAhead(database, mutations.length);

beforeAll(async () => {
  mine = await makeMatrixTenant(database);
  theirs = await makeMatrixTenant(database);
  suspended = await makeMatrixTenant(database);
  await database.query("update tenants set state = 'suspended', suspended_reason = 'Unpaid' where id = $1", [
    suspended.id,
  ]);
}, 180_000);

const mayEnter = ({ who }: Row, role: Role) =>
  who === 'public' || who === 'signed-in' || who === 'place' || who === 'member'
    ? true
    : who !== 'superadmin' && may(role, who);

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

describe.each(known)('$path', ({ path, type, row }) => {
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
      const tenant = type === 'mutation' ? await untouched() : own();
      const { code, message } = await call(superadmin(), path, inputOf(row, tenant));
      expect(code, message).toBe(row.answer ?? 'answered');
    });
    return;
  }

  test('for each role that has it, and for no other', async () => {
    const tenant = type === 'mutation' ? await untouched() : own();
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
    if (row.who === 'place' || row.whileClosed) return;
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
});

test('there are procedures of tenants, and they name the tenant', () => {
  expect(ofTenants.length).toBeGreaterThan(10);
  expect(ofTenants.filter(({ fields }) => !fields.includes('tenant'))).toEqual([]);
});

test('one’s own list of tenants holds one’s own', async () => {
  const answer = text((await call(own().agent, 'tenants.mine', {})).said);
  expect(answer).toContain(own().slug);
  expect(answer).not.toContain(other().slug);
});
