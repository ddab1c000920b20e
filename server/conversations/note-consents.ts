import type { BatchTx } from '#server/db/as-batch.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import type { ConsentNews } from '#server/leads/consent.ts';
import { recordConsents } from '#server/leads/record-consents.ts';
import { recordEvents } from './record-event.ts';
import { optedOut } from './undelivered.ts';

type Place = { tenantId: string; conversationId: string };

/**
 * Records what leads agreed to or withdrew, tells it in their conversations' histories, and takes back what the bot
 * still had to say to those who opted out. One whose request may be under way is left alone: delivery asks the rule
 * again before it tries another time. Returns the conversations that have something new.
 */
export async function noteConsents(tx: TenantTx | BatchTx, news: ConsentNews[], now: Date): Promise<Place[]> {
  const written = new Set(await recordConsents(tx, news));
  const fresh = news.filter(({ id }) => written.has(id));
  if (fresh.length === 0) return [];
  const places = await tx.db.$queryRaw<(Place & { leadId: string; at: Date })[]>`
    select c.tenant_id as "tenantId", c.id as "conversationId", c.lead_id as "leadId",
           greatest(${now}::timestamptz, c.last_at) as at
    from conversations c
    where (c.tenant_id, c.lead_id) in (
      select * from unnest(${fresh.map((one) => one.tenantId)}::uuid[], ${fresh.map((one) => one.leadId)}::uuid[]))
    order by c.tenant_id, c.id for no key update`;
  await recordEvents(
    tx,
    fresh.flatMap(({ leadId, state, source, proof, actor }) =>
      places
        .filter((place) => place.leadId === leadId)
        .map(({ tenantId, conversationId, at }) => ({
          ...{ tenantId, conversationId, at },
          kind: state === 'out' ? ('opted-out' as const) : ('opted-in' as const),
          actorId: actor?.userId ?? null,
          detail: `${source} ${proof}`,
        })),
    ),
  );
  const out = new Set(fresh.filter(({ state }) => state === 'out').map(({ leadId }) => leadId));
  await withdrawFromBot(
    tx,
    places.filter(({ leadId }) => out.has(leadId)),
    now,
  );
  return places.map(({ tenantId, conversationId }) => ({ tenantId, conversationId }));
}

async function withdrawFromBot(tx: TenantTx | BatchTx, places: Place[], now: Date) {
  if (places.length === 0) return;
  await tx.db.$executeRaw`
    with withdrawn as (
      delete from outbox o using messages m
      where (o.tenant_id, o.conversation_id) in (
          select * from unnest(${places.map((one) => one.tenantId)}::uuid[],
                               ${places.map((one) => one.conversationId)}::uuid[]))
        and o.claimed_at is null and not o.unknown
        and m.tenant_id = o.tenant_id and m.id = o.message_id and m.author = 'bot'
      returning o.tenant_id, o.message_id
    )
    update messages m set failed_at = ${now}::timestamptz, held_at = null, failure = ${optedOut}::jsonb
    from withdrawn w where m.tenant_id = w.tenant_id and m.id = w.message_id`;
}
