import type { UserActor } from '#server/audit/record-audit.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';

type LeadEvent = {
  leadId: string;
  kind: 'added' | 'edited' | 'restored';
  actor: UserActor;
  detail?: Record<string, string | string[]>;
};

/** Adds a line to a lead's timeline. */
export async function recordLeadEvent(
  { tenantId, db }: TenantTx,
  { leadId, kind, actor, detail = {} }: LeadEvent,
) {
  await db.leadEvent.create({
    data: {
      ...{ tenantId, id: newId(), leadId, kind, detail },
      ...{ actorId: actor.userId, actorName: actor.name },
    },
    select: { id: true },
  });
}
