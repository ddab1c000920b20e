import { csvLine } from '#server/csv/csv-line.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { type AuditFilter, type AuditRow, listEntries } from './list-entries.ts';
import { recordAudit, type UserActor } from './record-audit.ts';

const head = ['Time (UTC)', 'Who', 'What', 'About', 'Details', 'Address', 'Device'];
// Lines that are in memory at once.
const pageOf = 1_000;

/**
 * The entries that match as a CSV file, newest first, piece by piece however many there are. That somebody took them
 * along is an entry itself, written before the first piece.
 */
export async function exportEntries(
  tenantId: string,
  actor: UserActor,
  filter: AuditFilter,
): Promise<AsyncGenerator<string>> {
  await withTenant(tenantId, (tx) =>
    recordAudit(tx, { tenantId, actor, action: 'audit.exported', details: { ...filter } }),
  );
  return pieces(tenantId, filter);
}

async function* pieces(tenantId: string, filter: AuditFilter): AsyncGenerator<string> {
  // Spreadsheets take a file without this mark for one of their own country's letters.
  yield `\uFEFF${csvLine(head)}`;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listEntries>> = await withTenant(tenantId, (tx) =>
      listEntries(tx, { ...filter, cursor, most: pageOf }),
    );
    if (page.rows.length > 0) yield page.rows.map(line).join('');
    cursor = page.next;
  } while (cursor !== null);
}

const line = ({ at, who, action, subject, details, address, device }: AuditRow) =>
  csvLine([
    at.replace('T', ' ').replace('Z', ''),
    ...[who, action, subject],
    ...[
      Object.entries(details)
        .map(([name, value]) => `${name}: ${value}`)
        .join('; '),
    ],
    ...[address, device],
  ]);
