'use client';
import { Bot } from 'lucide-react';
import type { ConversationView, ThreadItem } from '#components/trpc/types.ts';
import { useNow } from '#components/ui/use-now.tsx';

/** Longer than that is not "in a moment" any more. */
const moment = 60_000;

export function BotAnswersSoon({ view, last }: { view: ConversationView; last: ThreadItem | undefined }) {
  const now = useNow();
  const waits =
    last?.type === 'message' && last.direction === 'inbound' && now.getTime() - Date.parse(last.at) < moment;
  if (view.holder.kind !== 'bot' || !view.botOn || !waits) return null;
  return (
    <p className="mt-3 flex items-center justify-end gap-1.5 text-xs text-muted">
      <Bot aria-hidden="true" strokeWidth={1.75} className="size-3.5" />
      Bot answers in a moment
    </p>
  );
}
