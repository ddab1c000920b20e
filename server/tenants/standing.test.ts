import { describe, expect, test } from 'vitest';
import { type Closed, type StandingRow, standingOf, whyClosed } from './standing.ts';

const active: StandingRow = {
  ...{ state: 'active', suspendedAt: null, suspendedReason: null, suspendedBy: null },
  ...{
    deleteAskedAt: null,
    deleteReason: null,
    deleteAskedBy: null,
    deleteAskedInside: false,
    deleteAfter: null,
  },
};
const suspended = {
  ...{ state: 'suspended', suspendedAt: new Date('2026-11-20T10:00:00Z') },
  ...{ suspendedReason: 'Unpaid', suspendedBy: 'admin@parley.example' },
};
const deleting = {
  ...{ state: 'suspended', deleteAskedAt: new Date('2026-11-21T10:00:00Z'), deleteReason: null },
  ...{ deleteAskedBy: 'owner@acme.example', deleteAskedInside: true },
  ...{ deleteAfter: new Date('2026-12-21T10:00:00Z') },
};
const since = '2026-11-20T10:00:00.000Z';

describe('a tenant is', () => {
  test.each([
    ['open', {}, { state: 'active' }],
    [
      'suspended by hand',
      { state: 'suspended' },
      { state: 'suspended', since: null, reason: null, ask: null },
    ],
    ['suspended', suspended, { state: 'suspended', since, reason: 'Unpaid', ask: 'admin@parley.example' }],
    [
      'on its way out',
      deleting,
      { state: 'deleting', reason: null, byOwner: true, deleteAfter: '2026-12-21T10:00:00.000Z' },
    ],
    [
      'on its way out, suspended before',
      { ...suspended, ...deleting },
      { state: 'deleting', ask: 'owner@acme.example' },
    ],
  ])('%s', (_, row, expected) => {
    expect(standingOf({ ...active, ...row })).toMatchObject(expected);
  });
});

describe('its members read', () => {
  const closed: Closed = {
    ...{ state: 'suspended', since, reason: null, ask: null, deleteAfter: null, byOwner: false },
  };
  test.each([
    [
      {},
      'Acme is suspended: messages come in and are kept, none are sent. Ask whoever runs this installation.',
    ],
    [
      { reason: 'Unpaid', ask: 'a@b.example' },
      'Acme is suspended: messages come in and are kept, none are sent (Unpaid). Ask a@b.example.',
    ],
    [
      { state: 'deleting', deleteAfter: '2026-12-21T10:00:00.000Z', ask: 'a@b.example' },
      'Acme will be deleted on 2026-12-21. Ask a@b.example.',
    ],
  ] as const)('%j', (more, words) => {
    expect(whyClosed('Acme', { ...closed, ...more })).toBe(words);
  });
});
