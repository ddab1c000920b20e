import type { TenantTx } from '#server/db/with-tenant.ts';
import { makeField } from '#server/leads/fields.ts';
import type { Column } from './columns.ts';

/** Makes the fields that are to be made on the way; the columns then go to them. */
export async function makeFields(tx: TenantTx, columns: Column[]): Promise<Column[]> {
  const made: Column[] = [];
  for (const column of columns) {
    if (column.to !== 'make') {
      made.push(column);
      continue;
    }
    const { key } = await makeField(tx, {
      name: column.name,
      kind: column.kind,
      choices: column.choices ?? [],
    });
    made.push({ to: 'field', key, ...(column.dates && { dates: column.dates }) });
  }
  return made;
}
