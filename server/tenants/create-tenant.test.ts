import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant } from '#server/testing/factories.ts';
import { memberCaller, testFrom } from '#server/testing/member-caller.ts';
import { mostPerDay } from './create-tenant.ts';

const { owner } = testDatabase();
const facts = { timeZone: 'Europe/Lisbon', language: 'pt' };

/** Somebody who is signed in. */
async function somebody() {
  const tenant = await makeTenant();
  return { user: tenant.agent, caller: memberCaller(tenant) };
}

test('whoever makes a business owns it, and the log says so', async () => {
  const { user, caller } = await somebody();
  const { slug } = await caller.onboarding.create({ name: '  Fado & Filhos ', ...facts });
  expect(slug).toBe('fado-filhos');
  expect(await caller.tenants.current({ tenant: slug })).toMatchObject({
    ...{ name: 'Fado & Filhos', role: 'owner', ...facts },
  });
  expect((await caller.tenants.mine()).tenants.map((tenant) => tenant.slug)).toContain(slug);
  const { rows } = await owner.query(
    `select a.*, t.created_by from audit a join tenants t on t.id = a.tenant_id where t.slug = $1`,
    [slug],
  );
  expect(rows).toMatchObject([
    {
      action: 'tenant.created',
      subject: 'Fado & Filhos',
      actor_id: user.id,
      ...testFrom,
      created_by: user.id,
    },
  ]);
});

test('two of the same name have two addresses, made at once too', async () => {
  const people = await Promise.all([somebody(), somebody(), somebody()]);
  const made = await Promise.all(
    people.map(({ caller }) => caller.onboarding.create({ name: 'Same Name', ...facts })),
  );
  expect(made.map(({ slug }) => slug).toSorted()).toEqual(['same-name', 'same-name-2', 'same-name-3']);
});

test(`more than ${mostPerDay} a day are refused, at once too, and tomorrow there may be another`, async () => {
  const { user, caller } = await somebody();
  const make = () => caller.onboarding.create({ name: 'One More', ...facts });
  const results = await Promise.allSettled(Array.from({ length: mostPerDay + 3 }, make));
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(mostPerDay);
  await expect(make()).rejects.toMatchObject({
    code: 'TOO_MANY_REQUESTS',
    message: expect.stringContaining('come back tomorrow'),
  });
  await owner.query("update tenants set created_at = now() - interval '25 hours' where created_by = $1", [
    user.id,
  ]);
  await make();
});

test('a name that is none makes nothing', async () => {
  const { user, caller } = await somebody();
  await expect(caller.onboarding.create({ name: ' ', ...facts })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'Write the business’s name.',
  });
  const { rows } = await owner.query('select from tenants where created_by = $1', [user.id]);
  expect(rows).toEqual([]);
});

test('whoever has not confirmed their e-mail address is told to', async () => {
  const { user, caller } = await somebody();
  await owner.query('update users set email_confirmed_at = null where id = $1', [user.id]);
  await expect(caller.onboarding.create({ name: 'Too Early', ...facts })).rejects.toMatchObject({
    code: 'PRECONDITION_FAILED',
    message: expect.stringContaining('Confirm your e-mail address first'),
  });
});
