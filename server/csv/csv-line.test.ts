import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine } from './csv-line.ts';

test.each([
  [['a', 'b'], 'a,b\r\n'],
  [['a,b', 'say "hi"'], '"a,b","say ""hi"""\r\n'],
  [['two\nlines', null], '"two\nlines",\r\n'],
  [[7, -1, true], '7,-1,true\r\n'],
  [['=1+1'], `"'=1+1"\r\n`],
  [['+34612345678'], `"'+34612345678"\r\n`],
  [["@cmd|'/c calc'!A1"], `"'@cmd|'/c calc'!A1"\r\n`],
  [['\t=1'], `"'\t=1"\r\n`],
  [['＝1'], `"'＝1"\r\n`],
])('%j is written %j', (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});

/** As a spreadsheet reads a line (RFC 4180). */
const read = (line: string) =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );

test('whatever the cells hold, a reader finds as many, with their words, and none is a formula', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...'=+-@,"\'\r\n\t a1') }),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 9 }), (cells) => {
      const found = read(csvLine(cells));
      expect(found).toHaveLength(cells.length);
      for (const [index, cell] of found.entries()) {
        expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
        expect([cells[index], `'${cells[index]}`]).toContain(cell);
      }
    }),
  );
});
