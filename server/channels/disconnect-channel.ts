import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { demandRoom } from '#server/capacity/demand-room.ts';
import { type TenantTx, withTenant } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { unseal } from '#server/secrets/seal.ts';
import { callGraph, type GraphReply } from '#server/whatsapp/graph-call.ts';
import { afterChange } from './after-change.ts';
import { channelSecret } from './channel-secret.ts';
import { type ChannelRow, lockTenantsChannel, openToken, subjectOf } from './find-tenants-channel.ts';
import { webhookUrl } from './read-channel.ts';

type Change = { tenantId: string; key: string; actor: UserActor };

/**
 * Ends what a channel does: nothing is sent, the bot is off, and Meta is asked to send no more. The history stays, and
 * what still arrives is kept. That Meta did not hear of it is noted with the channel.
 */
export async function disconnectChannel({ tenantId, key, actor }: Change): Promise<void> {
  const { row, isLast } = await withTenant(tenantId, async (tx) => {
    const found = await lockTenantsChannel(tx, key);
    if (found.disconnectedAt !== null)
      throw new Refusal('conflict', 'disconnected', 'This number is disconnected already.');
    const { id, botOn, wabaId } = found;
    await tx.db.channel.update({
      where: { tenantId_id: { tenantId, id } },
      data: { disconnectedAt: new Date(), botOn: false, botOnBefore: botOn, unsubscribeProblem: null },
      select: { id: true },
    });
    await recordAudit(tx, {
      tenantId,
      actor,
      action: 'channel.disconnected',
      subject: subjectOf(found),
      details: { key },
    });
    const isLast = await isLastOfAccount(tx, wabaId);
    await afterChange(tx, id);
    return { row: found, isLast };
  });
  if (isLast) await unsubscribe(row);
}

/** Tells Meta once more, where it did not hear of the end. Throws Refusal with Meta's own words when it does not listen. */
export async function unsubscribeAgain({ tenantId, key, actor }: Change): Promise<void> {
  const { row, isLast } = await withTenant(tenantId, async (tx) => {
    const found = await lockTenantsChannel(tx, key);
    if (found.disconnectedAt === null)
      throw new Refusal('conflict', 'connected', 'This number is connected. Disconnect it first.');
    return { row: found, isLast: await isLastOfAccount(tx, found.wabaId) };
  });
  const problem = isLast ? await unsubscribe(row) : await noteUnsubscribe(row, null);
  if (problem !== null) throw new Refusal('precondition', 'meta', problem);
  await withTenant(tenantId, (tx) =>
    recordAudit(tx, { tenantId, actor, action: 'channel.unsubscribed', subject: subjectOf(row) }),
  );
}

/** The account's other numbers go on: its subscription is theirs too. */
async function isLastOfAccount({ tenantId, db }: TenantTx, wabaId: string): Promise<boolean> {
  return (await db.channel.count({ where: { tenantId, wabaId, disconnectedAt: null } })) === 0;
}

/** Returns why Meta did not hear of it, or null when it did. */
async function unsubscribe(row: ChannelRow): Promise<string | null> {
  const reply = await callGraph(`${row.wabaId}/subscribed_apps`, {
    ...{ method: 'DELETE', token: openToken(row), patience: 8_000 },
  });
  return noteUnsubscribe(row, reply.kind === 'answer' ? null : whyNot(reply));
}

async function noteUnsubscribe({ tenantId, id }: ChannelRow, problem: string | null) {
  await withTenant(tenantId, async (tx) => {
    // Taken up again meanwhile it is subscribed anew, and nothing is left to be told.
    await tx.db.channel.updateMany({
      where: { tenantId, id, disconnectedAt: { not: null } },
      data: { unsubscribeProblem: problem },
    });
    await publishEverything(tx);
  });
  return problem;
}

/** Takes up a disconnected channel again, with its history and settings. Throws Refusal when Meta says no, or the quota; then it stays disconnected. */
export async function reconnectChannel({ tenantId, key, actor }: Change): Promise<void> {
  const row = await withTenant(tenantId, async (tx) => {
    const found = await lockTenantsChannel(tx, key);
    if (found.disconnectedAt !== null) await demandRoom(tx, 'channels');
    return found;
  });
  await subscribe(row);
  await withTenant(tenantId, async (tx) => {
    const { id, disconnectedAt, botOnBefore } = await lockTenantsChannel(tx, key);
    if (disconnectedAt === null)
      throw new Refusal('conflict', 'connected', 'This number is connected already.');
    await demandRoom(tx, 'channels');
    await tx.db.channel.update({
      where: { tenantId_id: { tenantId, id } },
      data: {
        disconnectedAt: null,
        botOn: botOnBefore ?? false,
        botOnBefore: null,
        unsubscribeProblem: null,
      },
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

async function subscribe(row: ChannelRow) {
  const body = row.verifyToken && {
    override_callback_uri: webhookUrl(row.key),
    verify_token: unseal(row.verifyToken, channelSecret(row.tenantId, 'verify_token')),
  };
  const reply = await callGraph(`${row.wabaId}/subscribed_apps`, {
    ...{ method: 'POST', token: openToken(row) },
    ...(body && { body }),
  });
  if (reply.kind === 'answer') return;
  throw new Refusal('precondition', 'meta', whyNot(reply));
}

/** What Meta said instead of yes, and what to do about it. */
function whyNot(reply: Exclude<GraphReply, { kind: 'answer' }>): string {
  if (reply.kind === 'unreachable') return 'Meta cannot be reached at the moment. Try again in a minute.';
  const what =
    reply.refusal.code === 2200
      ? 'See that the webhook address is open to the internet, then try again.'
      : 'If the token is no longer good, replace it first.';
  return `Meta says: ${reply.refusal.message.replace(/\.$/, '')}. ${what}`;
}
