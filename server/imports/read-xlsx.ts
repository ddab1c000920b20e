import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { SaxesParser } from 'saxes';
import { type Bytes, type Row, refuseWide, Unreadable } from './unreadable.ts';

// A workbook unpacked is about ten times as large; one that is a thousand times as large is a bomb.
const mostUnpacked = 2_000_000_000;
const mostTimes = 400;
const mostStrings = 3_000_000;
const mostStringBytes = 80_000_000;

/** What a workbook is made of, but for its rows. `dates`: which of its styles show a number as a date. */
export type Workbook = {
  sheets: { name: string; path: string }[];
  strings: string[];
  dates: boolean[];
  from1904: boolean;
};

/** Whether bytes begin like a ZIP file, as every workbook does, or like an old or encrypted one, which is refused in words. */
export function isWorkbook(head: Uint8Array): boolean {
  const begins = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte);
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) {
    throw new Unreadable(
      Buffer.from(head).includes('EncryptedPackage', 0, 'utf16le')
        ? 'This workbook is protected by a password. Open it in Excel, remove the password (File, Info, Protect Workbook), save it and choose it again.'
        : 'This is a workbook of an old kind (.xls), or one with a password. Save it as .xlsx without a password and choose that.',
    );
  }
  return begins(0x50, 0x4b, 3, 4) || begins(0x50, 0x4b, 5, 6);
}

/** Reads everything but the rows. */
export async function readWorkbook(bytes: Bytes): Promise<Workbook> {
  const names = new Map<string, string>();
  const found: { name: string; id: string }[] = [];
  const strings: string[] = [];
  const formats = new Map<number, string>();
  const styles: number[] = [];
  const book = { from1904: false, known: false };
  let stringBytes = 0;
  await unpack(bytes, (path) => {
    if (path === 'xl/workbook.xml') {
      book.known = true;
      return xml({
        open: (name, a) => {
          if (name === 'sheet') found.push({ name: a['name'] ?? '', id: a['r:id'] ?? '' });
          if (name === 'workbookPr') book.from1904 = a['date1904'] === '1' || a['date1904'] === 'true';
        },
      });
    }
    if (path === 'xl/_rels/workbook.xml.rels')
      return xml({
        open: (name, a) => {
          if (name === 'Relationship') names.set(a['Id'] ?? '', inside(a['Target'] ?? ''));
        },
      });
    if (path === 'xl/styles.xml') {
      let inCells = false;
      return xml({
        open: (name, a) => {
          if (name === 'numFmt') formats.set(Number(a['numFmtId']), a['formatCode'] ?? '');
          if (name === 'cellXfs') inCells = true;
          if (name === 'xf' && inCells) styles.push(Number(a['numFmtId'] ?? 0));
        },
        close: (name) => {
          if (name === 'cellXfs') inCells = false;
        },
      });
    }
    if (path === 'xl/sharedStrings.xml') {
      let [text, inText, inPhonetic] = ['', false, false];
      return xml({
        open: (name) => {
          if (name === 'si') text = '';
          if (name === 'rPh') inPhonetic = true;
          inText = name === 't' && !inPhonetic;
        },
        text: (part) => {
          if (inText) text += part;
        },
        close: (name) => {
          inText = false;
          if (name === 'rPh') inPhonetic = false;
          if (name !== 'si') return;
          stringBytes += text.length;
          if (strings.length >= mostStrings || stringBytes > mostStringBytes)
            throw new Unreadable(
              'This workbook has more different texts than can be held. Save the sheet as CSV and choose that.',
            );
          strings.push(text);
        },
      });
    }
    return undefined;
  });
  if (!book.known)
    throw new Unreadable(
      'This is a ZIP file, but no workbook. Choose a CSV file or an Excel workbook (.xlsx).',
    );
  const sheets = found.flatMap(({ name, id }) => {
    const path = names.get(id);
    return path?.includes('worksheets/') ? [{ name, path }] : [];
  });
  if (sheets.length === 0) throw new Unreadable('This workbook has no sheet with rows.');
  return { sheets, strings, dates: styles.map((id) => isDate(id, formats.get(id))), from1904: book.from1904 };
}

const inside = (target: string) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);

const isDate = (id: number, code: string | undefined) =>
  (id >= 14 && id <= 22) ||
  (id >= 45 && id <= 47) ||
  /[dy]|m(?=[^"]*[dy])/i.test((code ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''));

/** The rows of a sheet; the line is the row's own number in the sheet. */
export async function* readSheet(bytes: Bytes, book: Workbook, path: string): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  let row: Row = { line: 0, cells: [] };
  let cell = { at: 0, type: '', style: 0, text: '' };
  let [inValue, known] = [false, false];
  const take = (wanted: string) => {
    if (wanted !== path) return undefined;
    known = true;
    return xml({
      open: (name, a) => {
        if (name === 'row') row = { line: Number(a['r'] ?? row.line + 1), cells: [] };
        if (name === 'c')
          cell = {
            at: columnOf(a['r']) ?? row.cells.length,
            type: a['t'] ?? 'n',
            style: Number(a['s'] ?? 0),
            text: '',
          };
        inValue = name === 'v' || (name === 't' && cell.type === 'inlineStr');
      },
      text: (part) => {
        if (inValue) cell.text += part;
      },
      close: (name) => {
        inValue = false;
        if (name === 'c') {
          if (cell.at >= 16_384) return;
          while (row.cells.length < cell.at) row.cells.push('');
          row.cells[cell.at] = cellText(cell, book);
        }
        if (name !== 'row') return;
        refuseWide(row);
        if (row.cells.some((text) => text !== '')) rows.push(row);
      },
    });
  };
  for await (const _ of unpackSteps(bytes, take)) {
    if (rows.length === 0) continue;
    yield rows;
    rows = [];
  }
  if (!known) throw new Unreadable('The sheet is not in the workbook any more. Choose the file again.');
}

/** "C7" is in column 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellText(
  { type, style, text }: { type: string; style: number; text: string },
  book: Workbook,
): string {
  if (type === 's') return book.strings[Number(text)] ?? '';
  if (type === 'b') return text === '1' ? 'true' : 'false';
  if (type !== 'n' || text === '') return text;
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  if (book.dates[style]) return dateOf(value + (book.from1904 ? 1_462 : 0));
  // All digits of it, as nobody would write 4.9E+11.
  return Math.abs(value) < 1e21
    ? value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 15 })
    : text;
}

/** A day counted as Excel does: 1 is the first of January 1900, and 1900 has a leap day that it never had. */
export function dateOf(serial: number): string {
  const days = Math.floor(serial) - (serial < 60 ? 25_568 : 25_569);
  const date = new Date(days * 86_400_000);
  return Number.isNaN(date.getTime()) ? String(serial) : date.toISOString().slice(0, 10);
}

type Sink = { write: (bytes: Uint8Array, final: boolean) => void };

async function unpack(bytes: Bytes, take: (path: string) => Sink | undefined) {
  for await (const _ of unpackSteps(bytes, take));
}

/** Unpacks what is taken, in steps, and refuses a file that grows beyond all measure. */
async function* unpackSteps(bytes: Bytes, take: (path: string) => Sink | undefined): AsyncGenerator<void> {
  let [packed, unpacked] = [0, 0];
  let fault: unknown;
  const unzip = new Unzip((file: UnzipFile) => {
    const sink = take(file.name);
    if (!sink) return;
    file.ondata = (error, data, final) => {
      if (fault !== undefined) return;
      try {
        if (error) throw error;
        unpacked += data.length;
        if (unpacked > mostUnpacked || (unpacked > 50_000_000 && unpacked > packed * mostTimes))
          throw new Unreadable(
            'This workbook unpacks to more than anybody’s list could be, so it was left closed. Save the sheet as CSV and choose that.',
          );
        sink.write(data, final);
      } catch (thrown) {
        fault = thrown;
      }
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const piece of bytes) {
      for (let at = 0; at < piece.length; at += 16_384) {
        const part = piece.subarray(at, at + 16_384);
        packed += part.length;
        unzip.push(part);
        if (fault !== undefined) throw fault;
        yield;
      }
    }
    unzip.push(new Uint8Array(0), true);
    if (fault !== undefined) throw fault;
    yield;
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(
      'This workbook is damaged and cannot be unpacked. Open it in Excel, save it again and choose that.',
    );
  }
}

type Heard = {
  open?: (name: string, attributes: Partial<Record<string, string>>) => void;
  text?: (part: string) => void;
  close?: (name: string) => void;
};

function xml({ open, text, close }: Heard): Sink {
  const parser = new SaxesParser();
  const decoder = new TextDecoder();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('no workbook declares entities');
  });
  if (open) parser.on('opentag', ({ name, attributes }) => open(plain(name), attributes));
  if (text) parser.on('text', text);
  if (close) parser.on('closetag', ({ name }) => close(plain(name)));
  return {
    write: (bytes, final) => {
      parser.write(decoder.decode(bytes, { stream: !final }));
      if (final) parser.close();
    },
  };
}

/** Some programs write every name with a prefix. */
const plain = (name: string) => name.slice(name.indexOf(':') + 1);
