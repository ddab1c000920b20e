'use client';
import { Ban, Hand } from 'lucide-react';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView } from '#components/trpc/types.ts';
import { Time } from '#components/ui/time.tsx';
import { sinceTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';

/** What the person wishes, where it is less than everything: no messages, or that they are blocked. */
export function WishBanner({ view: { lead } }: { view: ConversationView }) {
  const { timeZone } = useMember();
  const now = useNow(60_000);
  const { optedOut, blocked } = lead;
  if (!optedOut && !blocked) return null;
  const Icon = blocked ? Ban : Hand;
  return (
    <div
      role="status"
      aria-label="Their wish"
      className="flex min-h-11 shrink-0 items-center gap-2 border-b border-line bg-warning-soft px-4 py-2 text-sm text-strong"
    >
      <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">
          {blocked
            ? 'Blocked: nothing comes in or goes out'
            : optedOut?.said
              ? `Said “${optedOut.said}”: wants no messages`
              : 'Wants no messages'}
        </span>{' '}
        {!blocked && optedOut?.at && (
          <Time
            at={optedOut.at}
            timeZone={timeZone}
            words={`since ${sinceTime(new Date(optedOut.at), now, timeZone)}`}
          />
        )}
      </p>
    </div>
  );
}
