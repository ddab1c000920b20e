import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { findChannel } from '#server/channels/find-channel.ts';
import { recordEvents } from '#server/conversations/record-event.ts';
import { blocked } from '#server/conversations/undelivered.ts';
import { newId } from '#server/db/id.ts';
import { type TenantTx, withTenant } from '#server/db/with-tenant.ts';
import { publish } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { type BlockOutcome, blockUser } from '#server/whatsapp/block-users.ts';
import { nameOf } from './name-of.ts';

type Deed = { leadId: string; actor: UserActor };

type Line = {
  conversationId: string;
  phoneNumberId: string;
  lastAt: Date;
  phone: string | null;
  bsuid: string | null;
  recent: boolean;
};

/**
 * Blocks a person at every number that they wrote to within the last 24 hours, which is all that Meta allows: nothing
 * of theirs comes in there, and nothing goes out to them anywhere. Refuses in words when Meta does.
 */
export async function blockLead(tenantId: string, deed: Deed): Promise<void> {
  const lines = await withTenant(tenantId, (tx) => linesOf(tx, deed.leadId));
  const recent = lines.filter((line) => line.recent);
  if (recent.length === 0)
    throw new Refusal(
      'precondition',
      'not-recent',
      'WhatsApp lets a business block only who wrote to it within the last 24 hours.',
    );
  const outcomes = await Promise.all(recent.map((line) => ask(line, 'POST')));
  const no = outcomes.find((outcome) => outcome.kind === 'refused');
  if (no && outcomes.every(({ kind }) => kind === 'refused'))
    throw new Refusal('precondition', 'block-refused', no.why);
  await withTenant(tenantId, (tx) => keep(tx, deed, lines, new Date()));
}

/** Lets a blocked person write again, at every number that they ever wrote to. */
export async function unblockLead(tenantId: string, deed: Deed): Promise<void> {
  const { lines, isBlocked } = await withTenant(tenantId, async (tx) => ({
    lines: await linesOf(tx, deed.leadId),
    isBlocked: await tx.db.lead.count({
      where: { tenantId, id: deed.leadId, blockedAt: { not: null } },
    }),
  }));
  if (isBlocked === 0) return;
  const outcomes = await Promise.all(lines.map((line) => ask(line, 'DELETE')));
  const no = outcomes.find((outcome) => outcome.kind === 'refused');
  if (no && outcomes.every(({ kind }) => kind === 'refused'))
    throw new Refusal('precondition', 'unblock-refused', no.why);
  await withTenant(tenantId, (tx) => keep(tx, deed, lines, null));
}

async function linesOf(tx: TenantTx, leadId: string): Promise<Line[]> {
  await nameOf(tx, leadId);
  return tx.db.$queryRaw<Line[]>`
    select c.id as "conversationId", ch.phone_number_id as "phoneNumberId", c.last_at as "lastAt",
           coalesce(c.window_closes_at > now(), false) as recent,
           (select raw from addresses a where a.tenant_id = c.tenant_id and a.lead_id = c.lead_id and a.kind = 'phone'
            order by a.id limit 1) as phone,
           (select raw from addresses a where a.tenant_id = c.tenant_id and a.lead_id = c.lead_id and a.kind = 'bsuid'
              and a.scope = ch.portfolio_id order by a.id desc limit 1) as bsuid
    from conversations c join channels ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
    where c.tenant_id = ${tx.tenantId}::uuid and c.lead_id = ${leadId}::uuid and ch.disconnected_at is null`;
}

async function ask(line: Line, method: 'POST' | 'DELETE'): Promise<BlockOutcome> {
  const channel = await findChannel('phoneNumberId', line.phoneNumberId);
  if (!channel) return { kind: 'refused', why: 'This number is not connected any more.' };
  return blockUser(channel, line, method);
}

/** Written after Meta did it: the lead, its timeline, its conversations, and what waited for them. */
async function keep(tx: TenantTx, { leadId, actor }: Deed, lines: Line[], blockedAt: Date | null) {
  const { tenantId, db } = tx;
  const kind = blockedAt ? 'blocked' : 'unblocked';
  const subject = await nameOf(tx, leadId);
  await db.$queryRaw`
    select from conversations where tenant_id = ${tenantId}::uuid and lead_id = ${leadId}::uuid order by id for no key update`;
  await db.lead.update({
    where: { tenantId_id: { tenantId, id: leadId } },
    data: { blockedAt },
    select: { id: true },
  });
  await db.leadEvent.create({
    data: { tenantId, id: newId(), leadId, kind, actorId: actor.userId, actorName: actor.name },
    select: { id: true },
  });
  const now = new Date();
  await recordEvents(
    tx,
    lines.map(({ conversationId, lastAt }) => ({
      ...{ tenantId, conversationId, kind, actorId: actor.userId, detail: null },
      at: now > lastAt ? now : lastAt,
    })),
  );
  if (blockedAt)
    await db.$executeRaw`
      with withdrawn as (
        delete from outbox o using conversations c
        where c.tenant_id = ${tenantId}::uuid and c.lead_id = ${leadId}::uuid and o.tenant_id = c.tenant_id
          and o.conversation_id = c.id and o.claimed_at is null and not o.unknown
        returning o.message_id
      )
      update messages set failed_at = ${now}::timestamptz, held_at = null, failure = ${blocked}::jsonb
      where tenant_id = ${tenantId}::uuid and id in (select message_id from withdrawn)`;
  await recordAudit(tx, { tenantId, actor, action: `lead.${kind}`, subject });
  await publish(
    tx,
    lines.map(({ conversationId }) => ({ tenantId, conversationId })),
  );
}
