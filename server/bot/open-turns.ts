import type { BatchTx } from '#server/db/as-batch.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import { storable } from '#server/whatsapp/json.ts';
import type { Decision, OpenConversation } from './decide.ts';

// One conversation's backlog in one transaction; the rest is the next job's.
export const mostMessages = 50;

type Row = Omit<OpenConversation, 'run' | 'messages'> & {
  step: string | null;
  answers: Record<string, string> | null;
  misses: number | null;
  scriptVersionId: string | null;
  messages: OpenConversation['messages'];
};

/** What waits for the bot in conversations that this transaction has locked; those without anything are left out. */
export async function readOpenTurns(
  tx: BatchTx,
  locked: JobData<'take-turns'>[],
): Promise<OpenConversation[]> {
  const rows = await tx.db.$queryRaw<Row[]>`
    select c.tenant_id as "tenantId", c.id as "conversationId", c.channel_id as "channelId", c.holder,
           c.last_at as "lastAt", c.window_closes_at as "windowClosesAt",
           exists (select from outbox o where o.tenant_id = c.tenant_id and o.conversation_id = c.id
                     and o.due_at = 'infinity') as "hasHeld", ch.bot_on as "botOn",
           t.state = 'suspended' as suspended, l.consent, l.blocked_at is not null as blocked,
           jsonb_build_object('name', t.name, 'language', t.language) as business, left(coalesce(l.name, l.profile_name), 100) as "leadName",
           (select v.id from script_versions v where v.tenant_id = ch.tenant_id and v.script_id = ch.script_id
            order by v.number desc limit 1) as "newestVersionId",
           r.step, r.answers, r.misses, r.script_version_id as "scriptVersionId", waiting.messages
    from unnest(${locked.map((one) => one.tenantId)}::uuid[], ${locked.map((one) => one.conversationId)}::uuid[])
         as w (tenant_id, id)
    join conversations c using (tenant_id, id)
    join tenants t on t.id = c.tenant_id
    join channels ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
    join leads l on l.tenant_id = c.tenant_id and l.id = c.lead_id
    left join runs r on r.tenant_id = c.tenant_id and r.conversation_id = c.id
    cross join lateral (
      select jsonb_agg(jsonb_build_object('id', m.id, 'body', left(m.body, 4096), 'replyId', m.content ->> 'id', 'wish', case when l.consent <> 'unknown' then (
               -- The consent that a message told has its id.
               select jsonb_build_object('state', k.state, 'repeated', coalesce((
                 select b.state = k.state from consents b
                 where b.tenant_id = k.tenant_id and b.lead_id = k.lead_id and (b.at, b.id) < (k.at, k.id)
                 order by b.at desc, b.id desc limit 1), false))
               from consents k where k.tenant_id = c.tenant_id and k.id = m.id) end) order by m.at, m.id) as messages
      from (
        -- The name of a place or a file answers no question; a photo's caption may.
        select m.id, case when m.kind in ('text', 'button_reply', 'list_reply', 'image', 'video') then m.body else '' end as body, m.at, case when m.kind in ('button_reply', 'list_reply') then m.content end as content
        from turns t join messages m on m.tenant_id = t.tenant_id and m.id = t.message_id
        where t.tenant_id = c.tenant_id and t.conversation_id = c.id and t.decided_at is null
        order by m.at, m.id limit ${mostMessages}
      ) m
    ) waiting
    where waiting.messages is not null`;
  return rows.map(({ step, answers, misses, scriptVersionId, ...row }) => ({
    ...row,
    run:
      step !== null && scriptVersionId !== null
        ? { step, answers: answers ?? {}, misses: misses ?? 0, scriptVersionId }
        : null,
  }));
}

/** Writes what was decided: the ledger, where each run stands, and who holds what was handed over. */
export async function saveDecisions(tx: BatchTx, decisions: Decision[], now: Date) {
  if (decisions.length === 0) return;
  const turns = decisions.flatMap(({ conversation: { tenantId }, turns: taken }) =>
    taken.map((turn) => ({ ...turn, tenantId })),
  );
  const runs = decisions.flatMap(({ conversation: { tenantId, conversationId }, run }) =>
    run ? [{ tenantId, conversationId, ...run }] : [],
  );
  const handedOver = decisions
    .filter((decision) => decision.handedOver)
    .map(({ conversation: { tenantId, conversationId } }) => ({ tenantId, conversationId }));
  await tx.db.$executeRaw`
    with decided as (
      update turns t set decided_at = ${now}::timestamptz, outcome = d.outcome, step_before = d."stepBefore",
                         step_after = d."stepAfter", replies = d.replies
      from jsonb_to_recordset(${JSON.stringify(turns)}::jsonb) as d (
        "tenantId" uuid, "messageId" uuid, outcome text, "stepBefore" text, "stepAfter" text, replies int)
      -- By the key alone: whoever holds the conversations is the only one who decides.
      where t.tenant_id = d."tenantId" and t.message_id = d."messageId"
    ), standing as (
      insert into runs (tenant_id, conversation_id, script_version_id, step, answers, misses, updated_at)
      select "tenantId", "conversationId", "scriptVersionId", step, answers, misses, ${now}::timestamptz
      from jsonb_to_recordset(${storable(JSON.stringify(runs))}::jsonb) as r (
        "tenantId" uuid, "conversationId" uuid, "scriptVersionId" uuid, step text, answers jsonb, misses int)
      on conflict (tenant_id, conversation_id) do update set step = excluded.step, answers = excluded.answers,
        misses = excluded.misses, script_version_id = excluded.script_version_id, updated_at = excluded.updated_at
    )
    update conversations c set holder = 'nobody', assignee_id = null, held_since = ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(handedOver)}::jsonb) as h ("tenantId" uuid, "conversationId" uuid)
    where c.tenant_id = h."tenantId" and c.id = h."conversationId"`;
}
