import type { Column, ImportRow, OpenImport } from './imports.ts';

export const number = (count: number) => count.toLocaleString('en');

/** "5,000 rows", "1 row". */
export const rows = (count: number) => `${number(count)} ${count === 1 ? 'row' : 'rows'}`;

/** The end of an import in one sentence. Who came twice in the file is known by the second time. */
export const resultWords = ({ created, updated, unchanged, doubled, refused }: Counts) =>
  `${number(created)} imported, ${number(updated + unchanged + doubled)} already known, ${number(refused)} refused`;

type Counts = Pick<ImportRow, 'created' | 'updated' | 'unchanged' | 'doubled' | 'refused'>;

export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const delimiters: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

/** "5,000 rows · 412 KB · UTF-8, comma" */
export function fileWords({ fileSize, format, options, linesTotal, state, ...counts }: OpenImport): string {
  const { created, updated, unchanged, doubled, refused } = counts;
  const isCounted = state === 'checked' || state === 'finished';
  const total = isCounted ? created + updated + unchanged + doubled + refused : (linesTotal ?? 0);
  const kind =
    format.kind === 'xlsx'
      ? `Excel, ${options.sheet ?? 'first sheet'}`
      : [
          format.encoding?.replace('utf', 'UTF').replace('windows', 'Windows'),
          delimiters[options.delimiter ?? ''],
        ]
          .filter(Boolean)
          .join(', ');
  return [total > 0 && rows(total), sizeWords(fileSize), kind].filter(Boolean).join(' · ');
}

/** How an import stands in the ledger. */
export function stateWords({ state, undone, failure, ...counts }: ImportRow): string {
  switch (state) {
    case 'reading':
      return 'Being read';
    case 'choosing':
      return 'Waits for its columns';
    case 'checking':
      return 'Being checked';
    case 'checked':
      return 'Checked, not brought in';
    case 'running':
      return 'Running';
    case 'finished':
      return resultWords(counts);
    case 'cancelled':
      return `Cancelled: ${resultWords(counts)}`;
    case 'failed':
      return failure ?? 'Failed';
    case 'undoing':
      return 'Being undone';
    case 'undone':
      return undoneWords(undone);
  }
}

/** What an undo took back and what it left, and why. */
export function undoneWords(undone: ImportRow['undone']): string {
  const { removed = 0, restored = 0, left = 0 } = undone ?? {};
  const stayed = left === 0 ? '' : `, ${number(left)} left because somebody has touched them since`;
  return `Undone: ${number(removed)} removed, ${number(restored)} as before${stayed}`;
}

/** "8 seconds left", at the pace so far. */
export function leftWords(done: number, total: number, seconds: number): string {
  if (done === 0 || seconds < 1) return 'just begun';
  const left = Math.max(1, Math.round(((total - done) * seconds) / done));
  if (left < 90) return `${left} ${left === 1 ? 'second' : 'seconds'} left`;
  return `${Math.round(left / 60)} minutes left`;
}

/** A column's target as one word, for a list to choose from; and back. */
export const valueOfColumn = (column: Column): string =>
  column.to === 'field' ? `field ${column.key}` : column.to === 'make' ? `make ${column.kind}` : column.to;

export const parts = [
  ['nothing', 'Not imported'],
  ['phone', 'Phone'],
  ['name', 'Name'],
  ['email', 'E-mail'],
  ['language', 'Language'],
  ['labels', 'Labels'],
  ['consent', 'Marketing consent'],
] as const;

export const newFields = [
  ['text', 'New field: text'],
  ['number', 'New field: number'],
  ['date', 'New field: date'],
  ['choice', 'New field: choice'],
  ['boolean', 'New field: yes or no'],
] as const;

export function columnOfValue(value: string, name: string, before: Column): Column {
  const dates = 'dates' in before && before.dates ? { dates: before.dates } : {};
  if (value.startsWith('field ')) return { to: 'field', key: value.slice(6), ...dates };
  const kind = newFields.find(([kind]) => value === `make ${kind}`)?.[0];
  if (kind) return { to: 'make', name: name.slice(0, 60), kind, ...dates };
  return { to: parts.find(([to]) => to === value)?.[0] ?? 'nothing' };
}
