import { expect, test } from 'vitest';
import { assumptionsForm, reportAssumptions } from './assumptions.ts';

test('the assumptions of the report are taken', () => {
  expect(assumptionsForm.parse(reportAssumptions)).toEqual(reportAssumptions);
});

test.each([
  ['no hour', { activeHours: 0 }],
  ['more hours than a day has', { activeHours: 25 }],
  ['nobody active', { activeShare: 0 }],
  ['more active than there are', { activeShare: 1.01 }],
  ['a peak below the average', { peakFactor: 0.9 }],
  ['a peak of more than all day in an hour', { peakFactor: 25 }],
  ['nothing but answers', { outgoingShare: 1 }],
  ['no messages', { messagesPerLead: 0 }],
  ['free messages', { callsPerMessage: 0 }],
  ['no number', { peakFactor: Number.NaN }],
])('%s is refused', (_, change) => {
  expect(assumptionsForm.safeParse({ ...reportAssumptions, ...change }).success).toBe(false);
});
