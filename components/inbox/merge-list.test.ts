import { expect, test } from 'vitest';
import type { ConversationPage, ConversationRow } from '#components/trpc/types.ts';
import { mergeFirstPage, patchRow, touchesOlderPages } from './merge-list.ts';

/** A row named by its time: "9" is newer than "8". */
function row(id: string, minute = Number(id)): ConversationRow {
  return {
    ...{
      id,
      name: id,
      phone: null,
      channel: null,
      lastAt: `2026-11-24T09:0${minute}:00.000Z`,
      preview: null,
      unread: 0,
    },
    ...{ holder: { kind: 'bot' }, open: true, windowClosesAt: null },
  };
}
const page = (next: string | null, ...rows: ConversationRow[]): ConversationPage => ({ rows, next });
const list = (...pages: ConversationPage[]) => ({
  pages,
  pageParams: [null, 'second', 'third'].slice(0, pages.length),
});
const ids = ({ pages }: { pages: ConversationPage[] }) =>
  pages.map(({ rows }) => rows.map(({ id }) => id).join(' '));

test('the only page is replaced', () => {
  const merged = mergeFirstPage(list(page('c', row('5'), row('4'))), page('c', row('6'), row('5')));
  expect(ids(merged)).toEqual(['6 5']);
});

test('what a new conversation pushed off the first page stays', () => {
  const before = list(page('c', row('5'), row('4')), page(null, row('3'), row('2')));
  expect(ids(mergeFirstPage(before, page('c', row('6'), row('5'))))).toEqual(['6 5', '4 3 2']);
});

test('a conversation that comes up from below is there once', () => {
  const before = list(page('c', row('5'), row('4')), page('d', row('3'), row('2')), page(null, row('1')));
  expect(ids(mergeFirstPage(before, page('c', row('2', 7), row('5'))))).toEqual(['2 5', '4 3', '1']);
});

test('a conversation that left the first page is gone', () => {
  const before = list(page('c', row('5'), row('4')), page(null, row('3'), row('2')));
  expect(ids(mergeFirstPage(before, page('c', row('5'), row('3'))))).toEqual(['5 3', '2']);
});

test('when everything fits on one page again, there is one', () => {
  const before = list(page('c', row('5'), row('4')), page(null, row('3')));
  expect(ids(mergeFirstPage(before, page(null, row('5'))))).toEqual(['5']);
});

test('news about a row below the first page is noticed', () => {
  const before = list(page('c', row('5'), row('4')), page(null, row('3')));
  expect(touchesOlderPages(before, ['5', '9'])).toBe(false);
  expect(touchesOlderPages(before, ['3'])).toBe(true);
});

test('one row changes, the others stay the same objects', () => {
  const before = list(page('c', row('5'), row('4')), page(null, row('3')));
  const after = patchRow(before, '3', { unread: 7 });
  expect(after.pages[0]).toBe(before.pages[0]);
  expect(after.pages[1]?.rows[0]?.unread).toBe(7);
});
