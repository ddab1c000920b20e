import type { LeadField } from '#server/leads/fields.ts';
import { readPhone } from '#server/leads/read-phone.ts';
import type { Column, DateOrder } from './columns.ts';
import { dateOf } from './read-xlsx.ts';
import type { Row } from './unreadable.ts';

export type Value = string | number | boolean;
/** What a row says of a person; null and missing: nothing. */
export type Person = {
  line: number;
  phone: { key: string; raw: string };
  name: string | null;
  email: string | null;
  language: string | null;
  consent: { state: 'in' | 'out'; said: string } | null;
  labels: string[];
  fields: Record<string, Value>;
};
export type Problem = {
  line: number;
  kind: 'refused' | 'doubled' | 'warned';
  column: string | null;
  value: string;
  reason: string;
};

export type Reading = {
  columns: Column[];
  names: string[];
  fields: Map<string, LeadField>;
  country: string | null;
};

const mostLetters = 10_000;

/** The person in a row, or why there is none; and warnings, where something was taken with a doubt. */
export function readPerson(row: Row, reading: Reading): { person: Person | null; problems: Problem[] } {
  const problems: Problem[] = [];
  const person: Person = {
    ...{
      line: row.line,
      phone: { key: '', raw: '' },
      name: null,
      email: null,
      language: null,
      consent: null,
    },
    ...{ labels: [], fields: {} },
  };
  let hasPhone = false;
  const say = (kind: 'refused' | 'warned', column: string | null, value: string, reason: string) =>
    problems.push({ line: row.line, kind, column, value: value.slice(0, 200), reason });
  for (const [index, column] of reading.columns.entries()) {
    if (column.to === 'nothing') continue;
    const name = reading.names[index] ?? `Column ${index + 1}`;
    const cell = row.cells[index] ?? '';
    const text = cell.trim();
    const fault = faultOf(cell);
    if (fault !== undefined) {
      say('refused', name, cell.length > mostLetters ? text.slice(0, 40) : text, fault);
      continue;
    }
    if (column.to === 'phone') {
      hasPhone = true;
      const read = readPhone(withoutExponent(text), reading.country);
      const cut = cutOff(text);
      if (cut !== undefined) say('refused', name, text, cut);
      else if ('reason' in read) say('refused', name, text, read.reason);
      else person.phone = read;
      if (cut === undefined && 'key' in read && exponent.test(text))
        say(
          'warned',
          name,
          text,
          `A spreadsheet wrote this number with an exponent; it was taken as +${read.raw}`,
        );
      continue;
    }
    if (text === '') continue;
    const told = tell(person, column, text, reading);
    if (told !== undefined) say('refused', name, text, told);
  }
  const extra = row.cells.slice(reading.names.length).find((cell) => cell.trim() !== '');
  if (extra !== undefined && reading.names.length > 0)
    say(
      'warned',
      null,
      extra.trim(),
      `This row has more cells than the first one; “${extra.trim().slice(0, 40)}” was left out`,
    );
  if (!hasPhone) say('refused', null, '', 'No phone number');
  return { person: problems.some(({ kind }) => kind === 'refused') ? null : person, problems };
}

function faultOf(cell: string): string | undefined {
  if (cell.length > mostLetters)
    return `This cell has ${cell.length.toLocaleString('en')} characters, and at most ${mostLetters.toLocaleString('en')} fit`;
  if (cell.includes('\uFFFD'))
    return 'These letters are in another encoding than the rest of the file; save all of it as UTF-8';
  if (cell.includes('\0')) return 'There is a zero byte in this cell, which no text has';
  return cell.isWellFormed() ? undefined : 'Half a character stands in this cell';
}

const exponent = /^[+-]?(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})$/;

/** Why a number in exponent form has lost digits, if it has. */
function cutOff(text: string): string | undefined {
  const found = exponent.exec(text);
  if (!found) return undefined;
  return (found[2] ?? '').length >= Number(found[3])
    ? undefined
    : 'A spreadsheet has cut this number’s digits off; format the column as text there, and save again';
}

function withoutExponent(text: string): string {
  const [, whole, rest, power] = exponent.exec(text) ?? [];
  return whole === undefined || rest === undefined || rest.length < Number(power)
    ? text
    : `${whole}${rest.slice(0, Number(power))}`;
}

/** Puts what a cell says where it belongs, or says why it cannot. */
function tell(person: Person, column: Column, text: string, { fields }: Reading): string | undefined {
  switch (column.to) {
    case 'name':
      if (text.length > 200) return `This name has ${text.length} characters, and at most 200 fit`;
      person.name = person.name === null ? text : `${person.name} ${text}`;
      return;
    case 'email':
      if (text.length > 254 || !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text)) return 'Not an e-mail address';
      person.email = text;
      return;
    case 'language': {
      const tag = languageOf(text);
      if (tag === undefined) return 'Not a language; write it as en or pt-BR';
      person.language = tag;
      return;
    }
    case 'labels':
      person.labels.push(
        ...text
          .split(/[,;|]/)
          .map((label) => label.trim().slice(0, 60))
          .filter(Boolean),
      );
      return;
    case 'consent': {
      const yes = yesOrNo(text);
      if (yes === undefined) return 'Neither yes nor no';
      person.consent = { state: yes ? 'in' : 'out', said: text.slice(0, 200) };
      return;
    }
    case 'field': {
      const field = fields.get(column.key);
      if (!field) return;
      const read = readValue(text, field, column.dates);
      if ('reason' in read) return read.reason;
      person.fields[field.key] = read.value;
      return;
    }
    case 'make': {
      // Not there yet, so that nothing is written before somebody says so. Its choices are what the file has.
      const read = readValue(
        text,
        { kind: column.kind === 'choice' ? 'text' : column.kind, choices: [] },
        column.dates,
      );
      if ('reason' in read) return read.reason;
      person.fields[`new ${column.name}`] = read.value;
      return;
    }
    default:
      return;
  }
}

const languages = new Map<string, string | undefined>();

/** A file has few languages on many lines, and to ask for each costs as much as all the rest of a line. */
function languageOf(text: string): string | undefined {
  if (languages.has(text)) return languages.get(text);
  if (languages.size > 1_000) languages.clear();
  const tag = canonical(text);
  languages.set(text, tag);
  return tag;
}

function canonical(text: string): string | undefined {
  try {
    return /^[a-z]{2,3}([-_].*)?$/i.test(text)
      ? Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0]
      : undefined;
  } catch {
    return undefined;
  }
}

const yes = new Set(
  'yes y true 1 x ja si sí oui sim evet tak да نعم हाँ in opt-in opted-in subscribed granted'.split(' '),
);
const no = new Set(
  'no n false 0 nein non não nao nee hayır nie нет لا नहीं out opt-out opted-out unsubscribed denied'.split(
    ' ',
  ),
);

function yesOrNo(text: string): boolean | undefined {
  const plain = text.toLowerCase().replaceAll(' ', '-');
  if (yes.has(plain)) return true;
  return no.has(plain) ? false : undefined;
}

/** A cell as a field of this kind holds it: a date as YYYY-MM-DD. */
export function readValue(
  text: string,
  field: Pick<LeadField, 'kind' | 'choices'>,
  dates: DateOrder | undefined,
): { value: Value } | { reason: string } {
  if (field.kind === 'number') {
    const value = numberOf(text);
    return value === undefined ? { reason: 'Not a number' } : { value };
  }
  if (field.kind === 'date') {
    const value = dateIn(text, dates);
    return value === undefined ? { reason: 'Not a date; write it as 2026-05-31' } : { value };
  }
  if (field.kind === 'boolean') {
    const value = yesOrNo(text);
    return value === undefined ? { reason: 'Neither yes nor no' } : { value };
  }
  if (field.kind === 'choice') {
    const value = field.choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
    return value === undefined
      ? { reason: `Not one of the choices: ${field.choices.join(', ').slice(0, 200)}` }
      : { value };
  }
  return { value: text };
}

/** "1.234,5" and "1,234.5" are one number; a single sign between digits parts the decimals unless three follow it. */
function numberOf(text: string): number | undefined {
  const plain = text.replace(/[\s'’\u00a0\u202f]/g, '');
  if (!/^[+-]?\d[\d.,]*(e[+-]?\d+)?$/i.test(plain)) return undefined;
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  const sign = plain[last];
  const many = sign !== undefined && plain.split(sign).length > 2;
  const groups = many || (/^[+-]?[1-9]\d{0,2}(,\d{3})+$/.test(plain) && sign === ',');
  const whole =
    groups || last < 0
      ? plain.replace(/[.,]/g, '')
      : `${plain.slice(0, last).replace(/[.,]/g, '')}.${plain.slice(last + 1)}`;
  const value = Number(whole);
  return Number.isFinite(value) ? value : undefined;
}

function dateIn(text: string, dates: DateOrder | undefined): string | undefined {
  if (/^\d{5}(\.\d+)?$/.test(text)) return dateOf(Number(text));
  const iso = /^(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[T ].*)?$/.exec(text);
  if (iso) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const other = /^(\d\d?)[./-](\d\d?)[./-](\d{4})(?: .*)?$/.exec(text);
  if (!other) return undefined;
  const [one, two, year] = [Number(other[1]), Number(other[2]), Number(other[3])];
  return dates === 'month-day' ? realDay(year, one, two) : realDay(year, two, one);
}

function realDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}
