import { z } from 'zod';
import { findStep, scriptForm } from '#server/bot/script.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { readConversationRow } from './list-conversations.ts';
import type { ConversationView } from './views.ts';

const answersForm = z.record(z.string(), z.string()).catch({});

type Row = {
  heldSince: Date;
  inboundCount: number;
  firstWroteAt: Date | null;
  earlier: { id: string; lastAt: string }[];
  channelName: string;
  botOn: boolean;
  disconnected: boolean;
  leadId: string;
  name: string | null;
  profileName: string | null;
  username: string | null;
  consent: 'unknown' | 'in' | 'out';
  blocked: boolean;
  said: string | null;
  saidAt: Date | null;
  step: string | null;
  answers: unknown;
  script: unknown;
  closedAt: Date | null;
  closedBy: string | null;
  closedByName: string | null;
};

/** One conversation with its lead, its channel and what the bot is at. Refuses when the tenant has none with this id. */
export async function readConversation(tx: TenantTx, userId: string, id: string): Promise<ConversationView> {
  const row = await readConversationRow(tx, userId, id);
  const [more] = await tx.db.$queryRaw<Row[]>`
    select c.held_since as "heldSince", c.inbound_count as "inboundCount", w.at as "firstWroteAt",
           ch.name as "channelName", ch.bot_on as "botOn", ch.disconnected_at is not null as disconnected, l.id as "leadId", l.name, l.profile_name as "profileName",
           l.username, l.consent, l.blocked_at is not null as blocked, k.at as "saidAt",
           case when k.source = 'keyword' then k.proof end as said, r.step, r.answers, v.script,
           (select coalesce(json_agg(json_build_object('id', o.id, 'lastAt', o.last_at) order by o.last_at desc), '[]')
            from leads m join conversations o on o.tenant_id = m.tenant_id and o.lead_id = m.id and o.channel_id = c.channel_id
            where m.tenant_id = c.tenant_id and m.merged_into = c.lead_id) as earlier,
           e.at as "closedAt", e.actor_id as "closedBy", u.name as "closedByName"
    from conversations c
    join channels ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
    join leads l on l.tenant_id = c.tenant_id and l.id = c.lead_id
    left join runs r on r.tenant_id = c.tenant_id and r.conversation_id = c.id
    left join script_versions v on v.tenant_id = r.tenant_id and v.id = r.script_version_id
    left join lateral (
      select at, actor_id from conversation_events
      where not c.open and tenant_id = c.tenant_id and conversation_id = c.id and kind = 'closed'
      order by at desc, id desc limit 1
    ) e on true
    left join users u on u.id = e.actor_id
    left join lateral (
      select at, source, proof from consents
      where l.consent = 'out' and state = 'out' and tenant_id = c.tenant_id and lead_id = c.lead_id
      order by at desc, id desc limit 1
    ) k on true
    left join lateral (
      select at from messages
      where tenant_id = c.tenant_id and conversation_id = c.id and direction = 'inbound' order by at, id limit 1
    ) w on true
    where c.tenant_id = ${tx.tenantId}::uuid and c.id = ${id}::uuid`;
  if (!row || !more) throw new Refusal('not-found', 'no-conversation', 'This conversation does not exist.');
  const { channelName, botOn, disconnected, inboundCount, name, profileName, username } = more;
  const answers = Object.entries(answersForm.parse(more.answers ?? {}));
  return {
    ...row,
    channelName,
    botOn,
    disconnected,
    inboundCount,
    heldSince: more.heldSince.toISOString(),
    botStep: row.holder.kind === 'bot' ? stepView(more) : null,
    closed: closingView(more, userId),
    lead: {
      id: more.leadId,
      name,
      profileName,
      username,
      optedOut: more.consent === 'out' ? { at: more.saidAt?.toISOString() ?? null, said: more.said } : null,
      blocked: more.blocked,
      phone: row.phone,
      firstWroteAt: more.firstWroteAt?.toISOString() ?? null,
      earlier: more.earlier.map(({ id: one, lastAt }) => ({
        id: one,
        lastAt: new Date(lastAt).toISOString(),
      })),
      answers: answers.map(([label, value]) => ({ label, value })),
    },
  };
}

function stepView({ step: id, script: source }: Row): ConversationView['botStep'] {
  const script = scriptForm.safeParse(source);
  const step = id === null || !script.success ? undefined : findStep(script.data, id);
  if (!step || !script.success) return null;
  // Where the script ends nobody stays: the next message begins it anew (see the bot's next-step).
  if (step.type === 'handover' || step.type === 'say') return 'start';
  return { number: script.data.steps.indexOf(step) + 1, of: script.data.steps.length, title: step.title };
}

function closingView({ closedAt, closedBy, closedByName }: Row, userId: string): ConversationView['closed'] {
  if (closedAt === null) return null;
  return { at: closedAt.toISOString(), by: closedByName, you: closedBy === userId };
}
