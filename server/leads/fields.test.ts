import { beforeAll, expect, test } from 'vitest';
import { type TenantTx, withTenant } from '#server/db/with-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant } from '#server/testing/factories.ts';
import { listFields, makeField } from './fields.ts';

testDatabase();
let tenantId: string;
beforeAll(async () => {
  tenantId = (await makeTenant()).id;
});
const inTenant = <T>(work: (tx: TenantTx) => Promise<T>) => withTenant(tenantId, work);

test('a field is made once a name, however it is written, and its key stays', async () => {
  const made = await inTenant((tx) => makeField(tx, { name: 'Straße', kind: 'text' }));
  expect(made).toEqual({ key: 'stra_e', name: 'Straße', kind: 'text', choices: [] });
  expect(await inTenant((tx) => makeField(tx, { name: ' STRASSE ', kind: 'text' }))).toEqual(made);
  await inTenant((tx) => makeField(tx, { name: 'मंडल', kind: 'text' }));
  await inTenant((tx) => makeField(tx, { name: '市', kind: 'text' }));
  expect((await inTenant(listFields)).map(({ key }) => key)).toEqual(['stra_e', 'field', 'field_2']);
});

test('a name that means another kind is refused in words', async () => {
  await inTenant((tx) => makeField(tx, { name: 'Age', kind: 'number' }));
  await expect(inTenant((tx) => makeField(tx, { name: 'age', kind: 'date' }))).rejects.toThrow(
    'There is a field “Age” already, and it holds numbers.',
  );
});

test('choices grow by those that are new', async () => {
  await inTenant((tx) =>
    makeField(tx, { name: 'Tier', kind: 'choice', choices: ['Gold', 'gold', 'Silver'] }),
  );
  const grown = await inTenant((tx) =>
    makeField(tx, { name: 'Tier', kind: 'choice', choices: ['SILVER', 'Tin'] }),
  );
  expect(grown.choices).toEqual(['Gold', 'Silver', 'Tin']);
});
