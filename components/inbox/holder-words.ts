import type { ConversationView } from '#components/trpc/types.ts';

type Held = Pick<ConversationView, 'open' | 'closed' | 'holder' | 'botOn'>;

/** Who answers; of a closed conversation, who closed it. */
export function holderWords({ open, closed, holder, botOn }: Held): string {
  if (!open) return `Closed${closed ? ` by ${closed.you ? 'you' : (closed.by ?? 'a former member')}` : ''}`;
  if (holder.kind === 'bot')
    return botOn ? 'Bot is answering' : 'Nobody is answering: the bot is switched off';
  if (holder.kind === 'nobody') return 'Nobody is answering';
  return holder.you ? 'You are answering' : `${holder.name} is answering`;
}

/** Where the bot is; nothing before it has begun. */
export function botWords(step: ConversationView['botStep']): string {
  if (step === null) return '';
  if (step === 'start') return 'from the start, once the lead writes';
  return `at step ${step.number} of ${step.of}, “${step.title}”`;
}

type What = Pick<ConversationView, 'open' | 'holder' | 'botOn'>;

/** What sending does besides sending, to be said before it is done; null when nothing. */
export function sendingWords({ open, holder, botOn }: What): string | null {
  const opens = open ? '' : 'opens the conversation again';
  const takes = holder.kind === 'bot' && botOn ? 'takes over from the bot' : 'makes it yours';
  const deeds = [opens, holder.kind === 'member' ? '' : takes].filter(Boolean).join(' and ');
  return deeds ? `Sending ${deeds}.` : null;
}
