import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { unseal } from '#server/secrets/seal.ts';
import { callGraph } from '#server/whatsapp/graph-call.ts';
import { afterChange } from './after-change.ts';
import { channelSecret } from './channel-secret.ts';
import { lockTenantsChannel, openToken, subjectOf } from './find-tenants-channel.ts';
import { webhookUrl } from './read-channel.ts';

type Change = { tenantId: string; key: string; actor: UserActor };

/**
 * Ends what a channel does: nothing is sent, the bot is off, and Meta is asked to send no more. The history stays, and
 * what still arrives is kept. Returns whether Meta heard of it.
 */
export async function disconnectChannel({
  tenantId,
  key,
  actor,
}: Change): Promise<{ unsubscribed: boolean }> {
  const { row, isLast } = await withTenant(tenantId, async (tx) => {
    const found = await lockTenantsChannel(tx, key);
    if (found.disconnectedAt !== null)
      throw new Refusal('conflict', 'disconnected', 'This number is disconnected already.');
    const { id, botOn, wabaId } = found;
    await tx.db.channel.update({
      where: { tenantId_id: { tenantId, id } },
      data: { disconnectedAt: new Date(), botOn: false, botOnBefore: botOn },
      select: { id: true },
    });
    await recordAudit(tx, {
      tenantId,
      actor,
      action: 'channel.disconnected',
      subject: subjectOf(found),
      details: { key },
    });
    // The account's other numbers go on: its subscription is theirs too.
    const others = await tx.db.channel.count({ where: { tenantId, wabaId, disconnectedAt: null } });
    await afterChange(tx, id);
    return { row: found, isLast: others === 0 };
  });
  if (!isLast) return { unsubscribed: false };
  const token = openToken(row);
  const reply = await callGraph(`${row.wabaId}/subscribed_apps`, {
    method: 'DELETE',
    token,
    patience: 8_000,
  });
  return { unsubscribed: reply.kind === 'answer' };
}

/** Takes up a disconnected channel again, with its history and settings. Throws Refusal when Meta says no; then it stays disconnected. */
export async function reconnectChannel({ tenantId, key, actor }: Change): Promise<void> {
  const row = await withTenant(tenantId, (tx) => lockTenantsChannel(tx, key));
  await subscribe(row);
  await withTenant(tenantId, async (tx) => {
    const { id, disconnectedAt, botOnBefore } = await lockTenantsChannel(tx, key);
    if (disconnectedAt === null)
      throw new Refusal('conflict', 'connected', 'This number is connected already.');
    await tx.db.channel.update({
      where: { tenantId_id: { tenantId, id } },
      data: { disconnectedAt: null, botOn: botOnBefore ?? false, botOnBefore: null },
      select: { id: true },
    });
    await recordAudit(tx, {
      tenantId,
      actor,
      action: 'channel.reconnected',
      subject: subjectOf(row),
      details: { key },
    });
    await afterChange(tx, id);
  });
}

/** Has Meta send the account's webhooks to us again; a number of an app of its own to its own address. */
export async function subscribeAgain({ tenantId, key, actor }: Change): Promise<void> {
  const row = await withTenant(tenantId, (tx) => lockTenantsChannel(tx, key));
  await subscribe(row);
  await withTenant(tenantId, async (tx) => {
    await recordAudit(tx, {
      tenantId,
      actor,
      action: 'channel.subscribed-again',
      subject: subjectOf(row),
      details: { key },
    });
    await afterChange(tx, row.id);
  });
}

async function subscribe(row: Awaited<ReturnType<typeof lockTenantsChannel>>) {
  const body = row.verifyToken && {
    override_callback_uri: webhookUrl(row.key),
    verify_token: unseal(row.verifyToken, channelSecret(row.tenantId, 'verify_token')),
  };
  const reply = await callGraph(`${row.wabaId}/subscribed_apps`, {
    ...{ method: 'POST', token: openToken(row) },
    ...(body && { body }),
  });
  if (reply.kind === 'answer') return;
  const why =
    reply.kind === 'unreachable'
      ? 'Meta cannot be reached at the moment'
      : `Meta says: ${reply.refusal.message}`;
  const what =
    reply.kind === 'unreachable'
      ? 'Try again in a minute.'
      : reply.refusal.code === 2200
        ? 'See that the webhook address is open to the internet, then try again.'
        : 'If the token is no longer good, replace it first.';
  throw new Refusal('precondition', 'meta', `${why.replace(/\.$/, '')}. ${what}`);
}
