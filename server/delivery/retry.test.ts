import { describe, expect, test } from 'vitest';
import type { FailureClass } from '#server/whatsapp/failures.ts';
import type { SendOutcome } from '#server/whatsapp/graph-client.ts';
import { verdictOn } from './retry.ts';

const refused = (name: FailureClass): SendOutcome => ({
  ...{ kind: 'refused', class: name, failure: { code: 1, title: 'No', details: null } },
});
const unsent: SendOutcome = { kind: 'unsent', why: 'ECONNREFUSED' };
const waits = (outcome: SendOutcome) => {
  const found: (number | string)[] = [];
  for (let attempt = 1; attempt < 20; attempt += 1) {
    const verdict = verdictOn(outcome, attempt);
    found.push(verdict.kind === 'retry' ? verdict.afterSeconds : verdict.kind);
    if (verdict.kind !== 'retry') return found;
  }
  return found;
};

describe('after how many seconds it is tried again, and how that ends', () => {
  test.each([
    ['passing trouble', refused('retry'), [1, 2, 4, 8, 16, 32, 'failed']],
    ['a rate limit', refused('slow'), [2, 5, 10, 30, 60, 120, 300, 'failed']],
    ['too many to one person', refused('pair'), [1, 4, 16, 64, 256, 'failed']],
    ['a dead line', unsent, [1, 2, 4, 8, 15, 30, 60, 120, 240, 480, 600, 'failed']],
    ['what cannot go', refused('never'), ['failed']],
    ['who cannot be reached', refused('recipient'), ['failed']],
    ['an account in trouble', refused('account'), ['failed']],
    ['an outcome that nobody knows', { kind: 'unknown', why: 'timeout' } as const, ['unknown']],
    ['acceptance', { kind: 'accepted', wamid: 'w' } as const, ['accepted']],
  ])('%s', (_, outcome, seconds) => {
    expect(waits(outcome)).toEqual(seconds);
  });
});
