import type { BatchTx } from '#server/db/as-batch.ts';
import { noteConsents } from './note-consents.ts';

/** A message that is nothing but a word for being left alone, or for being written to again. */
export type Wish = { tenantId: string; channelId: string; wamid: string; wish: 'out' | 'in'; words: string };

type Heard = {
  tenantId: string;
  channelId: string;
  wamid: string;
  id: string;
  leadId: string;
  consent: string;
};

/**
 * Takes such messages, written a moment ago in this transaction, as their leads' consent: whoever says STOP is opted
 * out; START counts only from somebody who is, for to everybody else it is a word like any other. The consent has the
 * message's id, so a message that comes again changes nothing.
 */
export async function hearWishes(tx: BatchTx, wishes: Wish[], now: Date) {
  if (wishes.length === 0) return [];
  const rows = await tx.db.$queryRaw<Heard[]>`
    select m.tenant_id as "tenantId", m.channel_id as "channelId", m.wamid, m.id, c.lead_id as "leadId", l.consent
    from unnest(${wishes.map((one) => one.tenantId)}::uuid[], ${wishes.map((one) => one.channelId)}::uuid[],
                ${wishes.map((one) => one.wamid)}::text[]) as w (tenant_id, channel_id, wamid)
    join messages m on m.tenant_id = w.tenant_id and m.channel_id = w.channel_id and m.wamid = w.wamid
    join conversations c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
    join leads l on l.tenant_id = c.tenant_id and l.id = c.lead_id
    where m.direction = 'inbound'
      and not exists (select from consents k where k.tenant_id = m.tenant_id and k.id = m.id)
    order by m.at, m.id`;
  const said = new Map(wishes.map((one) => [`${one.channelId} ${one.wamid}`, one]));
  const stands = new Map(rows.map(({ leadId, consent }) => [leadId, consent]));
  const news = rows.flatMap(({ tenantId, channelId, wamid, id, leadId }, index) => {
    const wish = said.get(`${channelId} ${wamid}`);
    if (!wish || (wish.wish === 'in' && stands.get(leadId) !== 'out')) return [];
    stands.set(leadId, wish.wish);
    // In the order in which they were said: the newest counts.
    const at = new Date(now.getTime() + index);
    const { wish: state, words: proof } = wish;
    return [{ ...{ tenantId, id, leadId, at, state, proof }, source: 'keyword' as const, actor: null }];
  });
  return noteConsents(tx, news, now);
}

/** Meta refused these messages of ours because the person has stopped what businesses begin (131050). */
export async function hearRefusals(
  tx: BatchTx,
  refused: { tenantId: string; messageId: string }[],
  now: Date,
) {
  if (refused.length === 0) return [];
  const rows = await tx.db.$queryRaw<{ tenantId: string; id: string; leadId: string }[]>`
    select m.tenant_id as "tenantId", m.id, c.lead_id as "leadId"
    from messages m join conversations c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
    where (m.tenant_id, m.id) in (
      select * from unnest(${refused.map((one) => one.tenantId)}::uuid[], ${refused.map((one) => one.messageId)}::uuid[]))`;
  return noteConsents(
    tx,
    rows.map((row) => ({
      ...{ ...row, at: now, state: 'out', source: 'failure', actor: null },
      proof: 'Meta refused a message: this person has stopped marketing messages (131050)',
    })),
    now,
  );
}
