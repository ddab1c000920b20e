import { newId } from '#server/db/id.ts';
import type { Db } from '#server/db/transaction.ts';

/** Who did it, from where. Without a user it is the system or a command, by its name. */
export type Actor = { userId: string | null; name: string; address: string | null; device: string | null };

/** Somebody who is signed in. */
export type UserActor = Actor & { userId: string };

export type AuditEntry = {
  /** Null for what belongs to no tenant, or outlives it. */
  tenantId: string | null;
  actor: Actor;
  /** `<thing>.<what happened to it>`, such as "member.invited". */
  action: string;
  /** What it is about, in words for people: a name, an address, a number. */
  subject?: string;
  /** Never a secret. */
  details?: Record<string, string | number | boolean | null>;
};

/** Writes who did what into the audit log, in the transaction of the change itself: both happen, or neither. */
export async function recordAudit({ db }: { db: Db }, entry: AuditEntry): Promise<void> {
  const { tenantId, actor, action, subject, details } = entry;
  await db.auditEntry.create({
    data: {
      ...{ id: newId(), tenantId, action, actorId: actor.userId, actorName: actor.name },
      ...{ address: actor.address, device: actor.device, subject: subject ?? null, details: details ?? {} },
    },
    select: { id: true },
  });
}
