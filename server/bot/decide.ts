import { isWindowOpen } from '#server/delivery/window.ts';
import { type ConsentState, whyNotToSend } from '#server/leads/consent.ts';
import { confirmation } from '#server/leads/opt-words.ts';
import type { OutboundContent } from '#server/whatsapp/send-request.ts';
import type { LiveScripts } from './live-script.ts';
import { nextStep, type RunState, type TurnOutcome } from './next-step.ts';

/** A conversation that this transaction holds, with the messages that still wait for their turn, oldest first. */
export type OpenConversation = {
  tenantId: string;
  conversationId: string;
  channelId: string;
  holder: string;
  lastAt: Date;
  windowClosesAt: Date | null;
  /** Something that the bot said waits for the day's quota. */
  hasHeld: boolean;
  /** The tenant is. */
  suspended: boolean;
  botOn: boolean;
  /** The newest version of what the channel's bot follows; null when it follows nothing. */
  newestVersionId: string | null;
  leadName: string | null;
  run: (RunState & { scriptVersionId: string }) | null;
  consent: ConsentState;
  /** The lead is. */
  blocked: boolean;
  /** Of the tenant: what a confirmation calls it, and in which language. */
  business: { name: string; language: string };
  /** `wish`: the message said STOP or START, and nothing else; `repeated`: it was so already. */
  messages: {
    id: string;
    body: string;
    replyId: string | null;
    wish?: { state: 'out' | 'in'; repeated: boolean } | null;
  }[];
};

/**
 * Why the bot says nothing. `held`: a person has the conversation. `tenant-suspended`: nobody sends anything there.
 * `bot-off`: no script is live. `window-closed`: too late to say anything. `blocked`: the person is.
 */
export type Silence = 'held' | 'tenant-suspended' | 'bot-off' | 'window-closed' | 'blocked';

/** What the bot did with a message that was a wish: it confirms once, and the script hears nothing of it. */
type WishOutcome = 'opted-out' | 'opted-in';

export type TakenTurn = {
  messageId: string;
  outcome: TurnOutcome | Silence | WishOutcome;
  stepBefore: string | null;
  stepAfter: string | null;
  replies: number;
};

export type Decision = {
  conversation: OpenConversation;
  turns: TakenTurn[];
  says: OutboundContent[];
  run: OpenConversation['run'];
  handedOver: boolean;
  /** Why it was handed over without a word of the bot's. */
  silence: Silence | null;
};

/** Decides every waiting message of one conversation, in order. Pure. A run stays on the script version it began with. */
export function decide(conversation: OpenConversation, scripts: LiveScripts, now: Date): Decision {
  const decision: Decision = {
    conversation,
    turns: [],
    says: [],
    run: conversation.run,
    handedOver: false,
    silence: null,
  };
  for (const message of conversation.messages) {
    const silence = whySilent(decision, now);
    if (message.wish && silence !== 'held' && silence !== 'blocked') {
      const { state, repeated } = message.wish;
      const says = repeated || silence ? [] : [confirm(state, conversation)];
      const outcome = state === 'out' ? 'opted-out' : 'opted-in';
      decision.turns.push({
        messageId: message.id,
        outcome,
        ...unchanged(decision.run),
        replies: says.length,
      });
      decision.says.push(...says);
      continue;
    }
    const version = scripts.versionFor(conversation);
    if (silence !== null || !version) {
      const outcome = silence ?? 'bot-off';
      decision.turns.push({ messageId: message.id, outcome, ...unchanged(decision.run) });
      // Nobody can be left unanswered without a trace: it becomes a person's.
      if (outcome !== 'held' && outcome !== 'blocked') {
        decision.handedOver = true;
        decision.silence = outcome;
      }
      continue;
    }
    const heard = { text: message.body, replyId: message.replyId, leadName: conversation.leadName };
    const turn = nextStep(version.script, decision.run, heard);
    decision.turns.push({
      messageId: message.id,
      outcome: turn.outcome,
      replies: turn.says.length,
      stepBefore: decision.run?.step ?? null,
      stepAfter: turn.state.step,
    });
    decision.says.push(...turn.says);
    decision.run = { ...turn.state, scriptVersionId: version.id };
    decision.handedOver = turn.outcome === 'handed-over';
  }
  return decision;
}

function whySilent({ conversation, handedOver }: Decision, now: Date): Silence | null {
  if (conversation.holder !== 'bot' || handedOver) return 'held';
  if (conversation.suspended) return 'tenant-suspended';
  const windowOpen = isWindowOpen(conversation.windowClosesAt, now);
  // What it says answers what was heard just now, and so comes after whatever they said before.
  const { consent, blocked } = conversation;
  const no = whyNotToSend({ author: 'bot', consent, blocked, windowOpen, afterOptOut: true });
  if (no === 'blocked') return no;
  if (!conversation.botOn) return 'bot-off';
  return windowOpen && no === null ? null : 'window-closed';
}

const confirm = (state: 'out' | 'in', { business }: OpenConversation): OutboundContent => ({
  kind: 'text',
  body: confirmation(state, business),
});

const unchanged = (run: OpenConversation['run']) => ({
  stepBefore: run?.step ?? null,
  stepAfter: run?.step ?? null,
  replies: 0,
});
