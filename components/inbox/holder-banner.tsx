'use client';
import { Bot, CircleDashed, Hand, UserRoundCheck } from 'lucide-react';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView } from '#components/trpc/types.ts';
import { useActions } from '#components/ui/actions.tsx';
import { Button } from '#components/ui/button.tsx';
import { Time } from '#components/ui/time.tsx';
import { sinceTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import type { Deeds } from './use-deeds.ts';

/** Who answers, since when, and how that changes. When the bot does, the composer's place says so instead. */
export function HolderBanner({ view, deeds }: { view: ConversationView; deeds: Deeds }) {
  const { timeZone } = useMember();
  const now = useNow(60_000);
  const { holder } = view;
  const yours = holder.kind === 'member' && holder.you;
  const canHandBack = view.open && view.botOn && holder.kind !== 'bot';
  useActions([
    ...(yours ? [] : [{ label: 'Take over', keys: 't', icon: Hand, run: deeds.takeOver }]),
    ...(canHandBack && yours ? [{ label: 'Hand back to bot', icon: Bot, run: deeds.handBack }] : []),
  ]);
  if (holder.kind === 'bot') return null;
  const Icon = holder.kind === 'nobody' ? CircleDashed : UserRoundCheck;
  const who =
    holder.kind === 'nobody'
      ? 'Nobody is answering'
      : yours
        ? 'You are answering'
        : `${holder.name} is answering`;
  return (
    <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-surface-1 px-4 text-sm">
      <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-muted" />
      <p className="flex min-w-0 flex-1 gap-2">
        <span className="truncate font-medium text-strong">{who}</span>
        <span className="num shrink-0 text-muted max-[899px]:hidden">
          since{' '}
          <Time
            at={view.heldSince}
            timeZone={timeZone}
            words={sinceTime(new Date(view.heldSince), now, timeZone)}
          />
        </span>
      </p>
      {yours
        ? canHandBack && (
            <Button size="small" icon={Bot} busy={deeds.handingBack} onClick={deeds.handBack}>
              Hand back to bot
            </Button>
          )
        : view.open && (
            <Button
              size="small"
              icon={Hand}
              busy={deeds.takingOver}
              onClick={deeds.takeOver}
              title="Take over (t)"
            >
              Take over
            </Button>
          )}
    </div>
  );
}
