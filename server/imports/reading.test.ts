import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine } from '#server/csv/csv-line.ts';
import { decodeText, survey } from './decode-text.ts';
import { guessColumns } from './guess-columns.ts';
import { KeySet } from './key-set.ts';
import { quotaWords } from './lead-quota.ts';
import { guessDelimiter, readCsv } from './read-csv.ts';
import { readValue } from './read-person.ts';
import { dateOf } from './read-xlsx.ts';

async function* inPieces(whole: Uint8Array, size: number) {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}

async function* lettersOf(whole: string, size: number) {
  const letters = [...whole];
  for (let at = 0; at < letters.length; at += size) yield letters.slice(at, at + size).join('');
}

test('whatever is written as CSV is read again, however it is cut, each row at the line where it begins', async () => {
  const letters = fc.constantFrom('a', 'ß', '"', ',', '\n', '\r\n', ' ', '🎉');
  // What begins like a formula is written otherwise on purpose.
  const cell = fc.string({ unit: letters, maxLength: 6 }).map((text) => `x${text}`);
  const table = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (rows, size) => {
      const text = rows.map((row) => csvLine(row)).join('');
      const read = [];
      for await (const some of readCsv(lettersOf(text, size), ',')) read.push(...some);
      expect(read.map(({ cells }) => cells)).toEqual(rows);
      let line = 1;
      for (const [index, row] of rows.entries()) {
        expect(read[index]?.line).toBe(line);
        line += 1 + (row.join('').match(/\r\n|\n/g)?.length ?? 0);
      }
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['utf-8', Buffer.from('Änne €')],
  ['windows-1252', Buffer.from('\xc4nne \x80 Jos\xe9', 'latin1')],
  ['utf-16le', Buffer.from('\uFEFFÄnne €', 'utf16le')],
  ['utf-16be', Buffer.from('\uFEFFÄnne €', 'utf16le').swap16()],
])('%s is found and read, wherever it is cut', async (encoding, bytes) => {
  for (const size of [4, 5, 7, 100]) {
    expect((await survey(inPieces(bytes, size))).encoding).toBe(encoding);
    let text = '';
    for await (const piece of decodeText(inPieces(bytes, size), encoding as 'utf-8')) text += piece;
    expect(text).toMatch(/^Änne €/);
  }
});

test('a set of keys is one, with the line of each', () => {
  const keys = fc.array(fc.stringMatching(/^[1-9]\d{6,14}$/), { maxLength: 3_000 });
  fc.assert(
    fc.property(keys, (list) => {
      const [set, map] = [new KeySet(), new Map<string, number>()];
      for (const [index, key] of list.entries()) {
        expect(set.add(key, index + 1)).toBe(map.get(key));
        if (!map.has(key)) map.set(key, index + 1);
      }
    }),
    { numRuns: 20 },
  );
});

test.each([
  ['a;b\n1,5;2\n', ';'],
  ['a,b\n"x;y;z",2\n', ','],
  ['a\tb\tc\n1\t2\t3\n', '\t'],
  ['a|b\n1|2\n', '|'],
  ['phone\n+49\n', ','],
])('%j is cut at %j', (text, delimiter) => {
  expect(guessDelimiter(text)).toBe(delimiter);
});

describe('columns are known by name', () => {
  test.each([
    ['Kundenname', 'Handynummer', 'E-Mail-Adresse'],
    ['Nombre completo', 'Teléfono', 'Correo electrónico'],
    ['Nome', 'Telemóvel', 'E-mail'],
    ['Nom complet', 'Numéro de téléphone', 'Courriel'],
    ['Nominativo', 'Cellulare', 'Posta elettronica'],
    ['Volledige naam', 'Mobiele nummer', 'E-mailadres'],
    ['Imię i nazwisko', 'Numer telefonu', 'Adres e-mail'],
    ['Ad Soyad', 'Cep Telefonu', 'E-posta'],
    ['الاسم الكامل', 'رقم الجوال', 'البريد الإلكتروني'],
    ['पूरा नाम', 'मोबाइल नंबर', 'ईमेल'],
  ])('%s, %s, %s', (...names) => {
    expect(guessColumns(names, [], [], null)).toEqual([{ to: 'name' }, { to: 'phone' }, { to: 'email' }]);
  });

  test('or by what stands in them, and the rest become fields of their kind', () => {
    const rows = [
      ['c', '+491712345678', 'a@b.example', '31.12.2025', '12,5', 'ja', 'Celle'],
      ['c', '+16505551234', 'c@d.example', '01.02.2026', '3', 'nein', 'Bonn'],
    ];
    expect(guessColumns(['x', 'y', 'z', 'Since', 'Size', 'Vip', 'City'], rows, [], null)).toEqual([
      { to: 'make', name: 'x', kind: 'text' },
      { to: 'phone' },
      { to: 'email' },
      { to: 'make', name: 'Since', kind: 'date', dates: 'day-month' },
      { to: 'make', name: 'Size', kind: 'number' },
      { to: 'make', name: 'Vip', kind: 'boolean' },
      { to: 'make', name: 'City', kind: 'text' },
    ]);
  });
});

test.each([
  ['number', '1.234,5', 1234.5],
  ['number', '1,234.5', 1234.5],
  ['number', '1,234', 1234],
  ['number', '12,5', 12.5],
  ['number', '1’000.25', 1000.25],
  ['date', '2026-02-28', '2026-02-28'],
  ['date', '28.2.2026', '2026-02-28'],
  ['date', '46000', '2025-12-09'],
  ['boolean', 'JA', true],
  ['boolean', 'no', false],
] as const)('a %s %s is %s', (kind, text, value) => {
  expect(readValue(text, { kind, choices: [] }, undefined)).toEqual({ value });
});

test.each([
  [1, '1900-01-01'],
  [61, '1900-03-01'],
  [25_569, '1970-01-01'],
  [46_000.75, '2025-12-09'],
])('Excel’s day %d is %s', (serial, date) => {
  expect(dateOf(serial)).toBe(date);
});

test('an import beyond the quota says how many fit', () => {
  expect(quotaWords(null, 10, 10)).toBeNull();
  expect(quotaWords(100, 90, 10)).toBeNull();
  expect(quotaWords(1_000, 400, 5_000)).toBe(
    'This would add 5,000 leads, and 600 more fit into your 1,000. Take 4,400 rows out of the file, or ask for a larger tier.',
  );
});
