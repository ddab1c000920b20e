import { type TenantTx, withTenant } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import type { Format, Options } from './columns.ts';

export type State =
  | 'reading'
  | 'choosing'
  | 'checking'
  | 'checked'
  | 'running'
  | 'finished'
  | 'cancelled'
  | 'failed'
  | 'undoing'
  | 'undone';

export type ImportRecord = Omit<
  Awaited<ReturnType<typeof select>>,
  'state' | 'format' | 'options' | 'fileSize'
> & {
  state: State;
  fileSize: number;
  format: Format;
  options: Options;
};

const select = ({ db, tenantId }: TenantTx, id: string) =>
  db.import.findFirstOrThrow({ where: { tenantId, id } });

/** One import; undefined when there is none. What its JSON holds is written by this room alone. */
export async function findImport(tx: TenantTx, id: string): Promise<ImportRecord | undefined> {
  const found = await tx.db.import.findFirst({ where: { tenantId: tx.tenantId, id } });
  return found ? recordOf(found) : undefined;
}

export const recordOf = (found: Awaited<ReturnType<typeof select>>) =>
  // The casts: see above.
  ({ ...found, fileSize: Number(found.fileSize) }) as unknown as ImportRecord;

export const readImport = (tenantId: string, id: string) => withTenant(tenantId, (tx) => findImport(tx, id));

/** One import whose row is held, if it is in one of these states. Refuses ("not-found", "conflict"). */
export async function holdImport(tx: TenantTx, id: string, states: State[]): Promise<ImportRecord> {
  await tx.db.$queryRaw`
    select 1 from imports where tenant_id = ${tx.tenantId}::uuid and id = ${id}::uuid for update`;
  const found = await findImport(tx, id);
  if (!found) throw new Refusal('not-found', 'import', 'There is no such import.');
  if (!states.includes(found.state))
    throw new Refusal('conflict', 'import-state', 'This import has moved on meanwhile. Look at it again.');
  return found;
}
