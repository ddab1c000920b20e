'use client';
import { History } from 'lucide-react';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView } from '#components/trpc/types.ts';
import { ShallowLink } from '#components/ui/shallow-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import { conversationPath } from './paths.ts';

/** Where a lead that was merged into this one had a conversation on the same number, it stays beside this one. */
export function EarlierConversations({ view: { lead } }: { view: ConversationView }) {
  const { slug, timeZone } = useMember();
  if (lead.earlier.length === 0) return null;
  return (
    <aside
      aria-label="Earlier conversations"
      className="flex min-h-11 shrink-0 items-center gap-2 border-b border-line bg-surface-1 px-4 py-2 text-sm text-normal"
    >
      <History aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
      <ul className="flex min-w-0 flex-wrap gap-x-4 gap-y-1">
        {lead.earlier.map(({ id, lastAt }) => (
          <li key={id}>
            <ShallowLink href={conversationPath(slug, id)} className="text-accent-text hover:underline">
              Another conversation of theirs, until{' '}
              <Time at={lastAt} timeZone={timeZone} words={tableDate(new Date(lastAt), timeZone)} />
            </ShallowLink>
          </li>
        ))}
      </ul>
    </aside>
  );
}
