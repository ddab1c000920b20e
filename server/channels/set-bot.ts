import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { afterChange } from './after-change.ts';
import { lockTenantsChannel, subjectOf } from './find-tenants-channel.ts';

/** Switches a channel's bot. Off, conversations wait for a person. */
export async function setBot(
  tx: TenantTx,
  { key, on, actor }: { key: string; on: boolean; actor: UserActor },
) {
  const row = await lockTenantsChannel(tx, key);
  if (row.botOn === on) return;
  if (on && row.disconnectedAt !== null)
    throw new Refusal(
      'precondition',
      'channel-disconnected',
      'The number is disconnected: connect it again first.',
    );
  if (on && row.scriptId === null)
    throw new Refusal('precondition', 'no-script', 'Choose a script for the bot first.');
  const { tenantId } = tx;
  await tx.db.channel.update({
    where: { tenantId_id: { tenantId, id: row.id } },
    data: { botOn: on },
    select: { id: true },
  });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: on ? 'channel.bot-switched-on' : 'channel.bot-switched-off' },
    ...{ subject: subjectOf(row), details: { key } },
  });
  await afterChange(tx, row.id);
}
