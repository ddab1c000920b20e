import { asPlatform } from '#server/db/as-platform.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { enqueue } from '#server/jobs/enqueue.ts';

/** Takes up imports whose job was lost: nobody has worked on them for a while. */
export async function sweepImports() {
  const lost = await asPlatform(
    ({ db }) => db.$queryRaw<{ tenantId: string; importId: string }[]>`
      update imports set worked_at = now()
      where state in ('reading', 'checking', 'running', 'undoing') and worked_at < now() - interval '90 seconds'
      returning tenant_id as "tenantId", id as "importId"`,
  );
  for (const job of lost) await withTenant(job.tenantId, (tx) => enqueue(tx, 'import', [job]));
}
