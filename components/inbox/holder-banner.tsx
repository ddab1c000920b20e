'use client';
import { Archive, Bot, CircleDashed, Hand, UserRoundCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView } from '#components/trpc/types.ts';
import { useActions } from '#components/ui/actions.tsx';
import { Button } from '#components/ui/button.tsx';
import { cx } from '#components/ui/cx.ts';
import { Time } from '#components/ui/time.tsx';
import { closedTime, sinceTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { botWords, holderWords } from './holder-words.ts';
import type { Deeds } from './use-deeds.ts';

/** Who answers, since when, and how one gives it back; or who closed it. Taking over is at the bottom, where one writes. */
export function HolderBanner({ view, deeds }: { view: ConversationView; deeds: Deeds }) {
  const yours = view.holder.kind === 'member' && view.holder.you;
  const canHandBack = view.open && view.botOn && yours;
  useActions([
    ...(yours ? [] : [{ label: 'Take over', keys: 't', icon: Hand, run: () => deeds.takeOver() }]),
    ...(canHandBack ? [{ label: 'Hand back to bot', icon: Bot, run: deeds.handBack }] : []),
  ]);

  // The button goes with the deed; the focus stays here, on the words that say what has become of it.
  const words = useRef<HTMLParagraphElement>(null);
  const could = useRef(canHandBack);
  useEffect(() => {
    if (could.current && !canHandBack && document.activeElement === document.body) words.current?.focus();
    could.current = canHandBack;
  }, [canHandBack]);

  return (
    <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-surface-1 px-4 text-sm">
      <HolderIcon view={view} />
      <p ref={words} tabIndex={-1} className="flex min-w-0 flex-1 gap-2 rounded-sm outline-offset-4">
        <span className="truncate font-medium text-strong">{holderWords(view)}</span>
        <span className={cx('num min-w-0 truncate text-muted', canHandBack && 'max-[899px]:hidden')}>
          <Since view={view} />
        </span>
      </p>
      {!view.open && (
        <span className="shrink-0 text-muted max-[1199px]:hidden">Opens again when the lead writes</span>
      )}
      {canHandBack && (
        <Button size="small" icon={Bot} busy={deeds.handingBack} onClick={deeds.handBack}>
          Hand back to bot
        </Button>
      )}
    </div>
  );
}

function HolderIcon({ view: { open, holder } }: { view: ConversationView }) {
  const member = holder.kind === 'member' ? UserRoundCheck : CircleDashed;
  const Icon = !open ? Archive : holder.kind === 'bot' ? Bot : member;
  return <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-muted" />;
}

/** Since when; of the bot, where it is. */
function Since({ view: { open, closed, holder, heldSince, botOn, botStep } }: { view: ConversationView }) {
  const { timeZone } = useMember();
  const now = useNow(60_000);
  if (open && holder.kind === 'bot') return botOn ? botWords(botStep) : null;
  const at = open ? heldSince : closed?.at;
  if (!at) return null;
  const words = open
    ? `since ${sinceTime(new Date(at), now, timeZone)}`
    : closedTime(new Date(at), now, timeZone);
  return <Time at={at} timeZone={timeZone} words={words} />;
}
