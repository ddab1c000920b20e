import { z } from 'zod';
import { findStep, scriptForm } from '#server/bot/script.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { readConversationRow } from './list-conversations.ts';
import type { ConversationView } from './views.ts';

const answersForm = z.record(z.string(), z.string()).catch({});

/** One conversation with its lead, its channel and what the bot is at. Refuses when the tenant has none with this id. */
export async function readConversation(tx: TenantTx, userId: string, id: string): Promise<ConversationView> {
  const row = await readConversationRow(tx, userId, id);
  const more = await tx.db.conversation.findFirst({
    where: { tenantId: tx.tenantId, id },
    select: {
      heldSince: true,
      inboundCount: true,
      createdAt: true,
      channel: { select: { name: true, botOn: true } },
      lead: { select: { id: true, name: true, profileName: true, username: true } },
      run: { select: { step: true, answers: true, version: { select: { script: true } } } },
    },
  });
  if (!row || !more) throw new Refusal('not-found', 'no-conversation', 'This conversation does not exist.');
  const { lead, run } = more;
  return {
    ...row,
    channelName: more.channel.name,
    botOn: more.channel.botOn,
    heldSince: more.heldSince.toISOString(),
    inboundCount: more.inboundCount,
    botStep: row.holder.kind === 'bot' ? stepView(run) : null,
    lead: {
      ...lead,
      phone: row.phone,
      firstWroteAt: more.inboundCount > 0 ? more.createdAt.toISOString() : null,
      answers: Object.entries(answersForm.parse(run?.answers ?? {})).map(([label, value]) => ({
        label,
        value,
      })),
    },
  };
}

function stepView(run: { step: string; version: { script: unknown } } | null): ConversationView['botStep'] {
  const script = run && scriptForm.safeParse(run.version.script);
  if (!run || !script?.success) return null;
  const step = findStep(script.data, run.step);
  if (!step) return null;
  return { number: script.data.steps.indexOf(step) + 1, of: script.data.steps.length, title: step.title };
}
