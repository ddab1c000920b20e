/** By what the list can be sorted, and which way a first click sorts: words from A, figures and times from the most. */
export const orders = {
  name: 'ascending',
  state: 'descending',
  members: 'descending',
  channels: 'descending',
  conversations: 'descending',
  lastMessageAt: 'descending',
  createdAt: 'descending',
} as const;

export type SortKey = keyof typeof orders;
export type Order = { key: SortKey; way: 'ascending' | 'descending' };

/** The order after a click on a column: its own way first, then the other. */
export function nextOrder(order: Order, key: SortKey): Order {
  if (order.key !== key) return { key, way: orders[key] };
  return { key, way: order.way === 'ascending' ? 'descending' : 'ascending' };
}

/** Sorted anew; those of which nothing is known come last either way, equals stay as they were. */
export function sortTenants<T extends Record<SortKey, string | number | null>>(
  tenants: readonly T[],
  { key, way }: Order,
): T[] {
  const sign = way === 'ascending' ? 1 : -1;
  return tenants.toSorted((a, b) => {
    const [one, other] = [a[key], b[key]];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return sign * compare(one, other);
  });
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), 'en', { sensitivity: 'base' });
}
