import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkify } from './linkify.ts';

const links = (text: string) => linkify(text).flatMap(({ href }) => (href ? [href] : []));

test.each([
  ['See https://example.com/a?b=1#c now', 'https://example.com/a?b=1#c'],
  ['See https://example.com.', 'https://example.com'],
  ['(https://example.com/a)', 'https://example.com/a'],
  ['https://de.wikipedia.org/wiki/Solar_(Band), nice', 'https://de.wikipedia.org/wiki/Solar_(Band)'],
  ['www.acme.example works too!', 'https://www.acme.example'],
  ['HTTP://ACME.EXAMPLE', 'HTTP://ACME.EXAMPLE'],
])('%s', (text, href) => {
  expect(links(text)).toEqual([href]);
});

test.each([
  'javascript:alert(1)',
  'no address here',
  'mail me@acme.example',
  'https://',
  'xhttps://a.example',
])('%s holds no link', (text) => {
  expect(links(text)).toEqual([]);
});

test('no letter is lost or changed', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom('https://', 'www.', 'http://a.b', ')', '(', ' ', '.', '\n'),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const text = parts.join('');
      expect(
        linkify(text)
          .map((found) => found.text)
          .join(''),
      ).toBe(text);
    }),
  );
});
