import { strToU8, zipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { readImport } from './import-record.ts';
import { startImport } from './start-import.ts';
import { workImports } from './work-import.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
beforeAll(async () => {
  tenant = await makeTenant();
  await owner.query("update tenants set country = 'DE' where id = $1", [tenant.id]);
});

/** What somebody who brings this file hears at the check: why it cannot be read, or each problem with its place. */
async function examine(file: Buffer): Promise<string[]> {
  const pieces = async function* () {
    for (let at = 0; at < file.length; at += 1_048_576) yield file.subarray(at, at + 1_048_576);
  };
  const actor = { userId: tenant.owner.id, name: 'Olive', address: null, device: null };
  const { id } = await startImport(tenant.id, actor, { name: 'list.csv', bytes: pieces() });
  for (;;) {
    const found = await readImport(tenant.id, id);
    if (found?.state === 'failed') return [found.failure ?? ''];
    if (found?.state === 'choosing') return [found.format.question ?? ''];
    if (found?.state === 'checked') break;
    await workImports([{ tenantId: tenant.id, importId: id }]);
  }
  const { rows } = await owner.query(
    `select line || ' ' || coalesce("column", '-') || ' ' || kind || ': ' || reason as said
     from import_problems where import_id = $1 order by line, number`,
    [id],
  );
  return rows.map(({ said }) => said);
}

/** All that an import could write beside itself. */
async function written(): Promise<number> {
  const tables = ['leads', 'addresses', 'consents', 'labels', 'lead_fields', 'import_rows'];
  const counts = tables.map((table) => `(select count(*) from ${table} where tenant_id = $1)`);
  const { rows } = await owner.query(`select (${counts.join(' + ')})::int as written`, [tenant.id]);
  return rows[0].written;
}

const text = (content: string) => Buffer.from(content);
const utf16 = (content: string, big = false) => {
  const bytes = Buffer.from(content, 'utf16le');
  return big ? bytes.swap16() : bytes;
};
const good = '+49 171 2345678';
const long = 'x'.repeat(10 * 1024 * 1024);

const workbook = (sheet: string, more: Record<string, string> = {}) => {
  const parts = {
    'xl/workbook.xml':
      '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
    ...more,
  };
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, strToU8(xml)]))),
  );
};
const cell = (at: string, words: string) => `<c r="${at}" t="inlineStr"><is><t>${words}</t></is></c>`;
const header = `<row r="1">${cell('A1', 'name')}${cell('B1', 'phone')}</row>`;
const numeric = (value: string) =>
  `${header}<row r="2">${cell('A2', 'Ana')}<c r="B2"><v>${value}</v></c></row>`;
const ole = (content: string) => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), utf16(content)]);

const short = 'Number is too short for Germany';
const cut = 'A spreadsheet has cut this number’s digits off; format the column as text there, and save again';
const mixed = 'These letters are in another encoding than the rest of the file; save all of it as UTF-8';
const noRows = 'The file has a first line with names of columns, and no rows below it.';
const noText =
  'This is not a text file. Save the list as CSV or as an Excel workbook (.xlsx), and choose that.';
const damaged =
  'This workbook is damaged and cannot be unpacked. Open it in Excel, save it again and choose that.';
const noPhones = 'No column looks like one of phone numbers. Choose which it is.';
const open = (line: number) =>
  `The quoted text that begins on line ${line} or after it is never closed. Add the missing quotation mark (") and try again.`;

const corpus: [name: string, file: () => Buffer, said: string[]][] = [
  // Nothing, or nothing that could be a list
  ['empty', () => text(''), ['The file is empty.']],
  ['a mark alone', () => text('\uFEFF'), ['The file is empty.']],
  ['blanks alone', () => text('  \r\n\r\n '), ['The file is empty.']],
  ['header only', () => text('name,phone'), [noRows]],
  ['header and a line end', () => text('name,phone\r\n'), [noRows]],
  ['header and empty lines', () => text('name,phone\n\n\n'), [noRows]],
  [
    'a picture renamed .csv',
    () => Buffer.from('89504e470d0a1a0a0000000d49484452000000010000', 'hex'),
    [noText],
  ],
  ['a program renamed .csv', () => Buffer.concat([text('MZ'), Buffer.alloc(400, '\x00\x01\x02')]), [noText]],
  ['zeros', () => Buffer.alloc(5_000), [noText]],
  ['no phone column', () => text('name,city\nAna,Celle\n'), [noPhones]],
  ['one column of names', () => text('name\nAna\nBo\n'), [noPhones]],
  ['a web page', () => text('<html>\n<body>\n<p>Leads</p>\n</body>\n</html>\n'), [noPhones]],
  ['JSON', () => text('[\n{"name":"Ana"},\n{"name":"Bo"}\n]\n'), [noPhones]],
  // Shape
  [
    'a million columns',
    () => text(`phone${',x'.repeat(999_999)}\n${good}\n`),
    [
      'Line 1 has 1,000,000 columns, and at most 500 fit. Remove those that are not needed, or choose another separator.',
    ],
  ],
  [
    'a wide row later',
    () => text(`phone\n${good}${','.repeat(600)}\n`),
    [
      'Line 2 has 601 columns, and at most 500 fit. Remove those that are not needed, or choose another separator.',
    ],
  ],
  [
    'a cell of 10 MB',
    () => text(`name,phone\n${long},${good}\n`),
    ['2 name refused: This cell has 10,485,760 characters, and at most 10,000 fit'],
  ],
  [
    'a line of 13 MB',
    () => text(`name,phone\nAna,${good}\n"${long}${'y'.repeat(3_000_000)}`),
    ['Line 3 is longer than 12 million characters. Perhaps a quotation mark (") is missing there.'],
  ],
  [
    'a quote that never closes',
    () => text(`name,phone\nAna,${good}\n"Bo,+491712345679\nCy,+491712345670\n`),
    [open(3)],
  ],
  ['a quote that never closes in the header', () => text(`"name,phone\nAna,${good}\n`), [open(1)]],
  [
    'ragged: a cell too few',
    () => text(`name,phone\nAna\nBo,${good}\n`),
    ['2 phone refused: No phone number'],
  ],
  [
    'ragged: a cell too many',
    () => text(`name,phone\nAna,${good},extra\n`),
    ['2 - warned: This row has more cells than the first one; “extra” was left out'],
  ],
  ['trailing commas', () => text(`name,phone,,\nAna,${good},,\n`), []],
  [
    'trailing commas on some lines',
    () => text(`name,phone\nAna,${good},,,\nBo,12,,,\n`),
    [`3 phone refused: ${short}`],
  ],
  [
    'quotes inside words',
    () => text(`name,phone\nAna "Ann" B,${good}\nBo,1\n`),
    [`3 phone refused: ${short}`],
  ],
  ['doubled quotes', () => text(`name,phone\n"Ana ""Ann"" B",x\n`), ['2 phone refused: Not a phone number']],
  [
    'line ends inside quotes',
    () => text(`name,phone\r\n"Ana\r\nB",${good}\r\n"Bo\r\nC\r\nD",x\r\nCy,y\r\n`),
    ['4 phone refused: Not a phone number', '7 phone refused: Not a phone number'],
  ],
  [
    'mixed line ends',
    () => text(`name,phone\r\nAna,${good}\nBo,x\rCy,y\r\nDi,z\n`),
    [
      '3 phone refused: Not a phone number',
      '4 phone refused: Not a phone number',
      '5 phone refused: Not a phone number',
    ],
  ],
  [
    'empty lines between',
    () => text(`name,phone\n\n\nAna,x\n\nBo,y\n`),
    ['4 phone refused: Not a phone number', '6 phone refused: Not a phone number'],
  ],
  ['rows of separators', () => text(`name,phone\n,\nAna,x\n`), ['3 phone refused: Not a phone number']],
  [
    'duplicate headers',
    () => text(`name,phone,phone\nAna,x,${good}\n`),
    ['2 phone refused: Not a phone number'],
  ],
  [
    'a header of blanks',
    () => text(`name,phone,  \nAna,x,y\n`),
    [
      '2 phone refused: Not a phone number',
      '2 - warned: This row has more cells than the first one; “y” was left out',
    ],
  ],
  ['semicolons', () => text(`name;phone\nAna, B;x\n`), ['2 phone refused: Not a phone number']],
  ['tabs', () => text(`name\tphone\nAna; B\tx\n`), ['2 phone refused: Not a phone number']],
  ['bars', () => text(`name|phone\nAna, B|x\n`), ['2 phone refused: Not a phone number']],
  [
    'no header',
    () => text(`Ana,${good}\nBo,+49 1\nCy,+491712345679\n`),
    ['2 Column 2 refused: Number is too short'],
  ],
  // Encodings
  ['UTF-8 with a mark', () => text(`\uFEFFname,phone\nÄnne,x\n`), ['2 phone refused: Not a phone number']],
  [
    'UTF-16, little end first',
    () => utf16(`\uFEFFname,phone\nÄnne,x\n`),
    ['2 phone refused: Not a phone number'],
  ],
  [
    'UTF-16, big end first',
    () => utf16(`\uFEFFname,phone\nÄnne,x\n`, true),
    ['2 phone refused: Not a phone number'],
  ],
  ['UTF-16 without a mark', () => utf16(`name,phone\nAnne,x\n`), ['2 phone refused: Not a phone number']],
  [
    'Windows-1252',
    () => Buffer.from('name,téléphone,Prénom\nJos\xe9,x,\x80\n', 'latin1'),
    ['2 téléphone refused: Not a phone number'],
  ],
  [
    'mixed encodings',
    () =>
      Buffer.concat([
        text(`name,phone\nÄnne Ö,${good}\nÜwe ß,+491712345679\n`),
        Buffer.from('Jos\xe9,+491712345670\n', 'latin1'),
      ]),
    [`4 name refused: ${mixed}`],
  ],
  ['a zero byte in UTF-8', () => text(`name,phone\nA\0na,${good}\n`), [noText]],
  ['half a character', () => utf16(`\uFEFFname,phone\nAna\uD83D,${good}\n`), [`2 name refused: ${mixed}`]],
  // People's names and phones
  ['emoji names', () => text(`name,phone\n👩‍👩‍👧 Ana 🎉,x\n`), ['2 phone refused: Not a phone number']],
  [
    'right to left',
    () => text(`الاسم,رقم الهاتف\nسارة,\u202bx\u202c\n`),
    ['2 رقم الهاتف refused: Not a phone number'],
  ],
  [
    'a formula for a phone',
    () => text(`name,phone\nAna,"=HYPERLINK(""x"")"\n`),
    ['2 phone refused: Not a phone number'],
  ],
  ['a leading @', () => text(`name,phone\nAna,@491712345678\n`), ['2 phone refused: Not a phone number']],
  ['a phone cut by a spreadsheet', () => text(`name,phone\nAna,4.91512E+11\n`), [`2 phone refused: ${cut}`]],
  ['the same with a comma', () => text(`name;phone\nAna;4,91512E+11\n`), [`2 phone refused: ${cut}`]],
  [
    'an exponent with all digits',
    () => text(`name,phone\nAna,4.91712345678E+11\n`),
    ['2 phone warned: A spreadsheet wrote this number with an exponent; it was taken as +491712345678'],
  ],
  ['too short', () => text(`name,phone\nAna,0511 1\n`), [`2 phone refused: ${short}`]],
  [
    'too long',
    () => text(`name,phone\nAna,0176 5550 8812 340 000 00\n`),
    ['2 phone refused: Number is too long for Germany'],
  ],
  [
    'no such country',
    () => text(`name,phone\nAna,+999 123 456 789\n`),
    ['2 phone refused: No country has this code'],
  ],
  [
    'letters in a phone',
    () => text(`name,phone\nAna,0800-FLOWERS\n`),
    ['2 phone refused: Not a phone number'],
  ],
  [
    'two phones in a cell',
    () => text(`name,phone\nAna,+49 171 2345678 / +49 171 2345679\n`),
    ['2 phone refused: Not a phone number'],
  ],
  ['no phone', () => text(`name,phone\nAna,\n`), ['2 phone refused: No phone number']],
  [
    'the same phone in two spellings',
    () => text(`name,phone\nAna,${good}\nAna,0171/2345678\n`),
    ['3 phone doubled: Same number as line 2'],
  ],
  [
    'Brazil’s ninth digit',
    () => text(`name,phone\nAna,+55 11 98765-4321\nAna,+55 11 8765-4321\n`),
    ['3 phone doubled: Same number as line 2'],
  ],
  [
    'a name too long',
    () => text(`name,phone\n${'n'.repeat(201)},${good}\n`),
    ['2 name refused: This name has 201 characters, and at most 200 fit'],
  ],
  [
    'no e-mail address',
    () => text(`phone,email\n${good},ana@\n`),
    ['2 email refused: Not an e-mail address'],
  ],
  [
    'no language',
    () => text(`phone,language\n${good},!!\n`),
    ['2 language refused: Not a language; write it as en or pt-BR'],
  ],
  [
    'neither yes nor no',
    () => text(`phone,consent\n${good},maybe\n`),
    ['2 consent refused: Neither yes nor no'],
  ],
  [
    'a date that no year has',
    () => text(`phone,Born\n${good},31.02.1990\n`),
    ['2 Born refused: Not a date; write it as 2026-05-31'],
  ],
  [
    'a number among words',
    () =>
      text(
        `phone,Size\n${good},12\n+491712345679,13\n`
          .concat('+491712345670,14\n'.repeat(60))
          .concat('+491712345671,many\n'),
      ),
    [
      ...Array.from({ length: 59 }, (_, n) => `${n + 5} phone doubled: Same number as line 4`),
      '64 Size refused: Not a number',
    ],
  ],
  // Workbooks
  [
    'a workbook with a password',
    () => ole('EncryptedPackage'),
    [
      'This workbook is protected by a password. Open it in Excel, remove the password (File, Info, Protect Workbook), save it and choose it again.',
    ],
  ],
  [
    'a workbook of old',
    () => ole('Workbook'),
    [
      'This is a workbook of an old kind (.xls), or one with a password. Save it as .xlsx without a password and choose that.',
    ],
  ],
  [
    'a ZIP file of something else',
    () => Buffer.from(zipSync({ 'a.txt': strToU8('a') })),
    ['This is a ZIP file, but no workbook. Choose a CSV file or an Excel workbook (.xlsx).'],
  ],
  ['half a workbook', () => workbook(numeric('1')).subarray(0, 200), [damaged]],
  ['a workbook with broken XML', () => workbook('<row r="1"><c></row>'), [damaged]],
  [
    'a workbook with entities',
    () => workbook(numeric('1'), { 'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>' }),
    [damaged],
  ],
  ['a workbook without rows', () => workbook(''), ['The file has no rows.']],
  [
    'a ZIP bomb',
    () => workbook(numeric('1'), { 'xl/sharedStrings.xml': `<sst>${' '.repeat(60_000_000)}</sst>` }),
    [
      'This workbook unpacks to more than anybody’s list could be, so it was left closed. Save the sheet as CSV and choose that.',
    ],
  ],
  ['a phone as a number of Excel’s', () => workbook(numeric('4.91712345678E11')), []],
  ['a phone as a short number of Excel’s', () => workbook(numeric('12')), [`2 phone refused: ${short}`]],
  [
    'a date of Excel’s for a phone',
    () => workbook(`${header}<row r="7">${cell('A7', 'Ana')}<c r="B7" s="1"><v>46000</v></c></row>`),
    ['7 phone refused: Not a phone number'],
  ],
];

test('the corpus is as large as it should be', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(60);
  expect(new Set(corpus.map(([name]) => name)).size).toBe(corpus.length);
});

test.each(corpus)('%s', async (_, file, said) => {
  expect(await examine(file())).toEqual(said);
  expect(await written()).toBe(0);
});
