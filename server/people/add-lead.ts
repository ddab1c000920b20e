import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { demandRoom } from '#server/capacity/demand-room.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { readPhone } from '#server/leads/read-phone.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { plainText } from './plain-text.ts';
import { recordLeadEvent } from './record-lead-event.ts';
import { restoreLead } from './restore-lead.ts';

type NewLead = { phone: string; country: string; name: string; actor: UserActor };

/**
 * Adds somebody by hand. Whoever has the number already is found instead (`known`), and is back when they were deleted.
 * `country` is two letters, for a number written without its country's code.
 */
export async function addLead(
  tx: TenantTx,
  { phone, country, name, actor }: NewLead,
): Promise<{ id: string; known: boolean }> {
  const { tenantId, db } = tx;
  const read = readPhone(phone, country || null);
  if ('reason' in read)
    throw new Refusal('bad-input', 'no-phone', `${read.reason}. Write it like +34 612 48 90 17.`);
  const { key: value, raw } = read;
  // The same word under which an incoming message and an import hold a number.
  await db.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`${tenantId} phone  ${value}`}, 0))::text`;
  const address = await db.address.findFirst({
    where: { tenantId, kind: 'phone', scope: '', value },
    select: { leadId: true },
  });
  if (address) {
    await restoreLead(tx, { id: address.leadId, actor });
    return { id: address.leadId, known: true };
  }
  await demandRoom(tx, 'leads');
  const id = newId();
  const plain = plainText(name);
  await db.lead.create({ data: { tenantId, id, name: plain || null, source: 'hand' }, select: { id: true } });
  await db.address.create({
    data: { tenantId, id: newId(), leadId: id, kind: 'phone', scope: '', value, raw },
    select: { id: true },
  });
  await recordLeadEvent(tx, { leadId: id, kind: 'added', actor });
  await recordAudit(tx, { tenantId, actor, action: 'lead.added', subject: plain || `+${raw}` });
  await publishEverything(tx);
  return { id, known: false };
}
