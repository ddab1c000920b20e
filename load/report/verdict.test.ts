import { expect, test } from 'vitest';
import { type Facts, judge } from './verdict.ts';

const good: Facts = {
  leastSyncs: 5_000,
  before: { syncsPerSecond: 9_000, idle: 0.95 },
  after: { syncsPerSecond: 8_000, idle: 0.9 },
  others: 0.05,
  acknowledged: 1_000,
  unacknowledged: 0,
  rows: { rows: 1_000, distinct: 1_000 },
  quarantined: 0,
  faults: [],
};

test.each<[string, Partial<Facts>, string, string | undefined]>([
  ['quiet, everything there', {}, 'valid', undefined],
  [
    'nobody knows how idle it was',
    { before: { syncsPerSecond: 9_000, idle: null }, others: null },
    'valid',
    undefined,
  ],
  [
    'the disk was slow before',
    { before: { syncsPerSecond: 4_999, idle: 0.95 } },
    'void',
    'before the run the disk did 4999',
  ],
  [
    'the disk is that slow',
    { leastSyncs: 4_000, before: { syncsPerSecond: 4_999, idle: 0.95 } },
    'valid',
    undefined,
  ],
  [
    'the disk was slow after',
    { after: { syncsPerSecond: 80, idle: 0.95 } },
    'void',
    'after the run the disk did 80',
  ],
  ['the machine was busy before', { before: { syncsPerSecond: 9_000, idle: 0.79 } }, 'void', 'was 79 % idle'],
  ['others worked meanwhile', { others: 0.4 }, 'void', 'other programs used 40 %'],
  [
    'rows are missing',
    { rows: { rows: 999, distinct: 999 } },
    'invalid',
    '1 of 1000 acknowledged messages are not in the database',
  ],
  ['rows are doubles', { rows: { rows: 1_000, distinct: 990 } }, 'invalid', '10 rows are doubles'],
  [
    'rows came from nowhere',
    { rows: { rows: 1_001, distinct: 1_001 } },
    'invalid',
    '1001 rows for 1000 messages',
  ],
  [
    'what was not acknowledged is there all the same',
    { unacknowledged: 5, rows: { rows: 1_003, distinct: 1_003 } },
    'valid',
    undefined,
  ],
  ['doubles cannot be told', { rows: { rows: 1_000, distinct: null } }, 'valid', undefined],
  ['rows could not be counted', { rows: null }, 'valid', undefined],
  [
    'nothing was acknowledged',
    { acknowledged: 0, rows: { rows: 0, distinct: 0 } },
    'invalid',
    'no request was answered 200',
  ],
  ['something went to quarantine', { quarantined: 2 }, 'invalid', '2 parts went to quarantine'],
  ['the scenario found something', { faults: ['a thing'] }, 'invalid', 'a thing'],
  ['wrong and not quiet', { faults: ['a thing'], others: 0.9 }, 'invalid', 'a thing'],
])('%s', (_, change, state, reason) => {
  const verdict = judge({ ...good, ...change });
  expect(verdict.state).toBe(state);
  if (reason === undefined) expect(verdict.reasons).toEqual([]);
  else expect(verdict.reasons.join('\n')).toContain(reason);
});
