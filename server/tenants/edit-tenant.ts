import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { checkFacts, type TenantFacts } from './tenant-form.ts';

const keys = ['name', 'timeZone', 'language'] as const;

/** Changes what the business says about itself; whoever looks at one of its rooms sees it at once. Throws Refusal. */
export async function editTenant(tx: TenantTx, wanted: TenantFacts, actor: Actor): Promise<void> {
  const facts = checkFacts(wanted);
  const { db, tenantId } = tx;
  const before = await db.tenant.findUniqueOrThrow({
    where: { id: tenantId },
    select: { name: true, timeZone: true, language: true },
  });
  const changed = keys.filter((key) => before[key] !== facts[key]);
  if (changed.length === 0) return;
  await db.tenant.update({ where: { id: tenantId }, data: facts, select: { id: true } });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'tenant.edited', subject: facts.name },
    details: Object.fromEntries(changed.map((key) => [key, `${before[key]} → ${facts[key]}`])),
  });
  await publishEverything(tx);
}
