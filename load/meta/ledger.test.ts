import { expect, test } from 'vitest';
import { createLedger, type Inbound } from './ledger.ts';

const entry = (id: string, address: string): Inbound => ({
  direction: 'in',
  id,
  phoneNumberId: '1',
  with: address,
  at: 0,
  message: '{}',
  status: 'sent',
});

test('the oldest are forgotten everywhere at once', () => {
  const ledger = createLedger(3);
  for (const [id, address] of [
    ['a', 'x'],
    ['b', 'y'],
    ['c', 'x'],
    ['d', 'x'],
    ['e', 'y'],
  ] as const) {
    ledger.add(entry(id, address));
  }
  expect(ledger.chat('1', 'x').map(({ id }) => id)).toEqual(['c', 'd']);
  expect(ledger.chat('1', 'y').map(({ id }) => id)).toEqual(['e']);
  expect(['a', 'b', 'c'].map((id) => ledger.find(id)?.id)).toEqual([undefined, undefined, 'c']);
});
