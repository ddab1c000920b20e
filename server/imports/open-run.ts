import { withTenant } from '#server/db/with-tenant.ts';
import { listFields } from '#server/leads/fields.ts';
import type { ImportRecord } from './import-record.ts';
import { KeySet } from './key-set.ts';
import { openRows, storedSource } from './open-rows.ts';
import { type Person, type Problem, type Reading, readPerson } from './read-person.ts';
import { mostRows, number, type Row, Unreadable } from './unreadable.ts';

const mostChoices = 200;
const mostCells = 50;

/** A file that this process is in the middle of. Lost with the process: another one reads the file again up to `lines`. */
export type Run = {
  state: ImportRecord['state'];
  /** Lines up to this one are done and committed. */
  lines: number;
  rows: AsyncGenerator<Row[]>;
  waiting: Row[];
  /** The batch after the one that is being written. */
  ahead: Promise<Batch | undefined> | undefined;
  /** Whether the last batch wrote leads. */
  wrote: boolean;
  /** Whether leads came that the search's indexes may only have noted, and the sorting in that is under way. */
  sorts: boolean;
  sorting: Promise<unknown> | undefined;
  count: number;
  keys: KeySet;
  reading: Reading;
  choices: Map<number, Set<string>>;
  toldAt: number;
  usedAt: number;
};

/** The file from its first line, read up to where it is done. Throws Unreadable where it is not kept any more. */
export async function openRun({
  tenantId,
  fileId,
  state,
  lines,
  format,
  options,
}: ImportRecord): Promise<Run> {
  if (fileId === null) throw new Unreadable('This file is not kept any more. Choose it again.');
  const fields = await withTenant(tenantId, listFields);
  const run: Run = {
    ...{ state, lines: 0, waiting: [], ahead: undefined, count: 0, keys: new KeySet(), choices: new Map() },
    ...{ toldAt: 0, usedAt: Date.now(), wrote: false, sorts: false, sorting: undefined },
    rows: openRows(storedSource(tenantId, fileId), format, options),
    reading: {
      columns: options.columns,
      names: format.names,
      fields: new Map(fields.map((field) => [field.key, field])),
      country: options.country,
    },
  };
  if (options.hasHeader) await take(run, 1);
  // What an earlier process did: only which numbers came is of interest.
  while (run.lines < lines) {
    const rows = await take(run, 1_000);
    if (rows.length === 0) break;
    const done = rows.filter(({ line }) => line <= lines);
    run.waiting.unshift(...rows.slice(done.length));
    run.count -= rows.length - done.length;
    readAll(run, done);
    run.lines = done.at(-1)?.line ?? lines;
    if (done.length < rows.length) break;
  }
  run.lines = lines;
  return run;
}

/** What the next rows are, at most so many, up to `lines`; undefined at the end. Throws Unreadable. */
export async function readBatch(run: Run, most: number): Promise<Batch | undefined> {
  const rows = await take(run, most);
  const last = rows.at(-1);
  return last && { ...readAll(run, rows), lines: last.line };
}

/** The next rows, at most so many; none at the end. Throws Unreadable for a file with more rows than fit. */
async function take(run: Run, most: number): Promise<Row[]> {
  while (run.waiting.length < most) {
    const { value, done } = await run.rows.next();
    if (done) break;
    run.waiting.push(...value);
  }
  const rows = run.waiting.splice(0, most);
  run.count += rows.length;
  if (run.count > mostRows + 1)
    throw new Unreadable(`The file has more than ${number(mostRows)} rows. Split it into smaller ones.`);
  return rows;
}

type Found = {
  persons: Person[];
  problems: (Problem & { cells: string[] })[];
  doubled: number;
  refused: number;
};

export type Batch = Found & { lines: number };

/** What these rows are: persons to look for, and what is wrong with the others. */
function readAll(run: Run, rows: Row[]): Found {
  const found: Found = { persons: [], problems: [], doubled: 0, refused: 0 };
  for (const row of rows) {
    if (row.cells.every((cell) => cell.trim() === '')) continue;
    const { person, problems } = readPerson(row, run.reading);
    const cells = () => row.cells.slice(0, mostCells).map((cell) => storable(cell).slice(0, 1_000));
    for (const problem of problems)
      found.problems.push({
        ...problem,
        value: storable(problem.value),
        reason: storable(problem.reason),
        cells: cells(),
      });
    if (!person) {
      found.refused += 1;
      continue;
    }
    const line = run.keys.add(person.phone.key, row.line);
    if (line === undefined) {
      found.persons.push(person);
      if (run.state === 'checking') noteChoices(run, person);
      continue;
    }
    found.doubled += 1;
    const column = run.reading.columns.findIndex(({ to }) => to === 'phone');
    found.problems.push({
      ...{ line: row.line, kind: 'doubled', column: run.reading.names[column] ?? null, cells: cells() },
      ...{
        value: storable(row.cells[column] ?? '').slice(0, 200),
        reason: `Same number as line ${number(line)}`,
      },
    });
  }
  return found;
}

/** PostgreSQL keeps no zero byte and no half of a character. */
const storable = (text: string) => text.replaceAll('\0', '').toWellFormed();

function noteChoices(run: Run, person: Person) {
  for (const [index, column] of run.reading.columns.entries()) {
    if (column.to !== 'make' || column.kind !== 'choice') continue;
    const value = person.fields[`new ${column.name}`];
    if (value === undefined) continue;
    const choices = run.choices.get(index) ?? new Set<string>();
    run.choices.set(index, choices.add(String(value).slice(0, 200)));
    if (choices.size > mostChoices)
      throw new Unreadable(
        `Line ${person.line}, column “${column.name}”: more than ${mostChoices} different choices. Import it as text.`,
      );
  }
}
