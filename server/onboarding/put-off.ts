import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import type { StepId } from './steps.ts';

/** Skips a step, or takes that back. */
export async function putOff(tx: TenantTx, step: StepId, isSkipped: boolean): Promise<void> {
  const { db, tenantId } = tx;
  await db.$executeRaw`
    insert into onboarding (tenant_id, skipped) values (${tenantId}::uuid, ${isSkipped ? [step] : []}::text[])
    on conflict (tenant_id) do update
      set skipped = array_remove(onboarding.skipped, ${step}) || ${isSkipped ? [step] : []}::text[]`;
  await publishEverything(tx);
}

/** Takes the checklist out of everybody's sight, or brings it back. */
export async function closeChecklist(tx: TenantTx, isClosed: boolean): Promise<void> {
  const { db, tenantId } = tx;
  const closedAt = isClosed ? new Date() : null;
  await db.onboarding.upsert({
    where: { tenantId },
    create: { tenantId, skipped: [], closedAt },
    update: { closedAt },
    select: { tenantId: true },
  });
  await publishEverything(tx);
}
