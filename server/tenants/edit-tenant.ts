import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { checkFacts, type TenantFacts } from './tenant-form.ts';

/** What can be changed, as the audit log calls it. */
const words = { name: 'name', timeZone: 'time zone', language: 'language' } as const;
// The object's own keys, which Object.keys only calls strings.
const keys = Object.keys(words) as (keyof typeof words)[];

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
    details: Object.fromEntries(changed.map((key) => [words[key], `${before[key]} → ${facts[key]}`])),
  });
  await publishEverything(tx);
}
