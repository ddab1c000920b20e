import type { PlatformTx } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { demandMail, mailWay } from './mail-way.ts';

export type Letter = {
  to: string;
  subject: string;
  /** Plain text. The link follows it on a line of its own. */
  text: string;
  link?: string;
  /** Whose it is, where the transaction does not say: it goes with that tenant. */
  tenantId?: string;
};

/**
 * Writes a letter in the caller's transaction; a job sends it if and only if that commits. Call it last in the
 * transaction: see `enqueue`. Throws Refusal `no-mail` where nothing can be sent.
 */
export async function queueMail(
  tx: TenantTx | PlatformTx,
  { to, subject, text, link, tenantId = 'tenantId' in tx ? tx.tenantId : undefined }: Letter,
): Promise<void> {
  demandMail();
  const id = newId();
  await tx.db.$executeRaw`
    insert into letters (id, tenant_id, recipient, subject, text, link)
    values (${id}::uuid, ${tenantId ?? null}::uuid, ${to}, ${oneLine(subject)}, ${text}, ${link ?? null})`;
  if (mailWay() === 'smtp') await enqueue(tx, 'send-mail', [{ letterId: id }]);
}

/** A subject may carry a name that somebody chose: no line breaks, no end of it out of sight. */
const oneLine = (subject: string) => subject.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
