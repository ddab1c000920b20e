import { withTenant } from '#server/db/with-tenant.ts';
import { listFields } from '#server/leads/fields.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import type { Format, Options } from './columns.ts';
import { defaultCountry } from './default-country.ts';
import { guessColumns, isHeader } from './guess-columns.ts';
import { holdImport, type ImportRecord } from './import-record.ts';
import { openRows, type Source, shapeOf, storedSource } from './open-rows.ts';
import { type Row, Unreadable } from './unreadable.ts';

const mostSamples = 50;

/** Finds out what the file is and what its columns are. Where a phone is among them the check begins at once. */
export async function readHead({ tenantId, id, fileId }: ImportRecord): Promise<boolean> {
  if (fileId === null) throw new Unreadable('This file is not kept any more. Choose it again.');
  const source = storedSource(tenantId, fileId);
  const shape = await shapeOf(source);
  const { country, fields } = await withTenant(tenantId, async (tx) => ({
    country: await defaultCountry(tx),
    fields: await listFields(tx),
  }));
  const first = { country, sheet: shape.sheets[0] ?? null, delimiter: shape.delimiter };
  const head = await headOf(source, shape, { ...first, hasHeader: null });
  const columns = guessColumns(head.names, head.samples, fields, country);
  const options: Options = {
    ...{ ...first, columns, hasHeader: head.hasHeader, label: null, onKnown: 'fill', pace: 'gentle' },
  };
  const question = columns.some(({ to }) => to === 'phone')
    ? null
    : 'No column looks like one of phone numbers. Choose which it is.';
  const { lines, ...kind } = shape;
  const format: Format = {
    ...kind,
    ...{ names: head.names, samples: head.samples.slice(0, 5), question },
    ...{ known: { fill: 0, overwrite: 0, all: 0 }, quota: null },
  };
  return withTenant(tenantId, async (tx) => {
    await holdImport(tx, id, ['reading']);
    await tx.db.$executeRaw`
      update imports set state = ${question === null ? 'checking' : 'choosing'}, format = ${JSON.stringify(format)}::jsonb,
                         options = ${JSON.stringify(options)}::jsonb, lines_total = ${lines}, worked_at = now()
      where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`;
    await publishEverything(tx);
    return question === null;
  });
}

/** Names and first rows. `hasHeader`: whether the first row is one of names; null where that is to be found out. */
export async function headOf(
  source: Source,
  shape: Pick<Format, 'kind' | 'encoding' | 'delimiter'>,
  options: Pick<Options, 'country' | 'sheet' | 'delimiter'> & { hasHeader: boolean | null },
): Promise<{ names: string[]; samples: string[][]; hasHeader: boolean }> {
  const rows: Row[] = [];
  for await (const some of openRows(source, shape, options)) {
    rows.push(...some.slice(0, mostSamples + 1 - rows.length));
    if (rows.length > mostSamples) break;
  }
  const [first] = rows;
  if (!first) throw new Unreadable('The file has no rows.');
  const hasHeader = options.hasHeader ?? isHeader(first.cells, options.country);
  const samples = (hasHeader ? rows.slice(1) : rows).map(({ cells }) =>
    cells.map((cell) => cell.slice(0, 100)),
  );
  if (samples.length === 0)
    throw new Unreadable('The file has a first line with names of columns, and no rows below it.');
  return { names: namesOf(first.cells, hasHeader), samples, hasHeader };
}

/** Every column has a name of its own: the second "Phone" is "Phone (2)". */
function namesOf(cells: string[], hasHeader: boolean): string[] {
  const seen = new Map<string, number>();
  return withoutEmptyEnd(cells, hasHeader).map((cell, index) => {
    const name =
      (hasHeader ? cell.replaceAll('\0', '').toWellFormed().trim().slice(0, 100) : '') ||
      `Column ${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

function withoutEmptyEnd(cells: string[], hasHeader: boolean): string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return hasHeader ? cells.slice(0, last + 1) : cells;
}
