import { expect, test } from 'vitest';
import type { EventItem, ThreadPage } from '#components/trpc/types.ts';
import { mergeNewestPage } from './merge-thread.ts';
import { threadItems } from './thread-items.ts';

const item = (id: string, text = id): EventItem => ({ type: 'event', id, at: id, kind: 'closed', text });
const page = (before: string | null, ...ids: string[]): ThreadPage => ({
  items: ids.map((id) => item(id)),
  before,
});
const thread = (...pages: ThreadPage[]) => ({ pages, pageParams: pages.map(() => null) });
const ids = (pages: ThreadPage[]) =>
  threadItems(pages)
    .map(({ id }) => id)
    .join('');

test('what the fresh page no longer reaches is kept, and older pages with it', () => {
  const merged = mergeNewestPage(
    thread(page('older', 'c', 'd', 'e'), page(null, 'a', 'b')),
    page('later', 'e', 'f', 'g'),
  );
  expect(ids(merged.pages)).toBe('abcdefg');
  expect(merged.pages[0]?.before).toBe('older');
});

test('a changed message is the fresh one', () => {
  const fresh = { items: [item('b', 'changed'), item('c')], before: 'x' };
  const merged = mergeNewestPage(thread(page('x', 'a', 'b')), fresh);
  expect(threadItems(merged.pages).map(({ id, ...rest }) => ('text' in rest ? rest.text : id))).toEqual([
    'a',
    'changed',
    'c',
  ]);
});

test('after a gap larger than a page the fresh page stands alone', () => {
  const merged = mergeNewestPage(thread(page('x', 'a', 'b'), page(null, 'z')), page('f', 'g', 'h'));
  expect(ids(merged.pages)).toBe('gh');
  expect(merged.pages[0]?.before).toBe('f');
});

test('a fresh page that is all there is stands alone', () => {
  expect(ids(mergeNewestPage(thread(page(null, 'a')), page(null, 'a', 'b')).pages)).toBe('ab');
});
