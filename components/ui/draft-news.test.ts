import { expect, test } from 'vitest';
import { followKept, withoutSent } from './draft-news.ts';

const own = { text: 'Typed there', onLoan: false };
const lent = { text: 'Typed here', onLoan: true };
const none = { text: '', onLoan: false };

test.each([
  ['what is on loan follows what is kept', lent, 'Typed here too', { text: 'Typed here too', onLoan: true }],
  ['what is on loan goes with what was kept', lent, null, none],
  ['what is one’s own stays whatever is kept', own, 'Typed here', own],
  ['what is one’s own stays when nothing is kept', own, null, own],
])('%s', (_, draft, kept, expected) => {
  expect(followKept(draft, kept)).toEqual(expected);
});

test.each([
  ['a copy of the tab that sent has nothing left', own, 'Typed there', none],
  ['what was on loan has been sent', lent, 'Typed here', none],
  ['what is one’s own stays when something else is sent', own, 'Typed here', own],
  ['what is on loan stays when something else is sent', lent, 'Typed there', lent],
])('%s', (_, draft, sent, expected) => {
  expect(withoutSent(draft, sent)).toEqual(expected);
});
