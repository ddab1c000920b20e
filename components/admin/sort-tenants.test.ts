import { expect, test } from 'vitest';
import { nextOrder, type Order, sortTenants } from './sort-tenants.ts';

function tenant(name: string, conversations: number, lastMessageAt: string | null) {
  return {
    ...{ name, conversations, lastMessageAt },
    ...{ state: 'active', members: 1, channels: 1, createdAt: '' },
  };
}
const tenants = [
  tenant('beta', 9, null),
  tenant('Alpha', 10, '2026-11-24T09:00:00.000Z'),
  tenant('Älpha', 10, '2026-11-23T09:00:00.000Z'),
];

test.each([
  ['name', 'ascending', 'Alpha Älpha beta'],
  ['name', 'descending', 'beta Alpha Älpha'],
  ['conversations', 'descending', 'Alpha Älpha beta'],
  ['conversations', 'ascending', 'beta Alpha Älpha'],
  ['lastMessageAt', 'descending', 'Alpha Älpha beta'],
  ['lastMessageAt', 'ascending', 'Älpha Alpha beta'],
  ['members', 'ascending', 'beta Alpha Älpha'],
] as const)('by %s, %s: %s', (key, way, names) => {
  expect(sortTenants(tenants, { key, way }).map(({ name }) => name)).toEqual(names.split(' '));
});

test('a click sorts by the column’s own way, the next one by the other', () => {
  const order: Order = { key: 'createdAt', way: 'descending' };
  expect(nextOrder(order, 'createdAt')).toEqual({ key: 'createdAt', way: 'ascending' });
  expect(nextOrder(order, 'name')).toEqual({ key: 'name', way: 'ascending' });
  expect(nextOrder(order, 'members')).toEqual({ key: 'members', way: 'descending' });
});
