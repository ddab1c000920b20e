import { expect, test } from 'vitest';
import { filterQuery, noFilter as none, readFilter } from './audit-filter.ts';

const read = (query: string) => {
  const params = new URLSearchParams(query);
  return readFilter((name) => params.get(name));
};
const id = '01900000-0000-7000-8000-000000000000';

test.each([
  ['', none],
  [`?who=${id}&what=member`, { ...none, who: id, what: 'member' }],
  ['?who=system', { ...none, who: 'system' }],
  ['?firstDay=2026-11-01&lastDay=2026-11-24', { ...none, firstDay: '2026-11-01', lastDay: '2026-11-24' }],
])('%s comes back as it was written', (query, filter) => {
  expect(read(query)).toEqual(filter);
  expect(filterQuery(filter)).toBe(query);
});

test.each(['?who=me', '?what=A%20b', '?firstDay=yesterday', '?lastDay=2026-13-40', '?other=1'])(
  '%s is no filter',
  (query) => {
    expect(read(query)).toEqual(none);
  },
);
