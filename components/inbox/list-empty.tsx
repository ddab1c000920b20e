import { Archive, Inbox, SearchX, UserRoundCheck, UsersRound } from 'lucide-react';
import type { InboxTab } from '#components/trpc/types.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** So much of what was typed as one recognises it by. */
function shortened(text: string): string {
  const letters = [...text];
  return letters.length > 40 ? `${letters.slice(0, 40).join('')}…` : text;
}

/** What a list without rows is for, and what to do so that it has some. */
export function ListEmpty({ tab, search, hasPhone }: { tab: InboxTab; search: string; hasPhone: boolean }) {
  if (search) {
    return (
      <EmptyState icon={SearchX} title={`No conversation with “${shortened(search)}”`}>
        Try a part of the name, or a part of the number. Closed conversations were looked through too.
      </EmptyState>
    );
  }
  if (tab === 'mine') {
    return (
      <EmptyState icon={UserRoundCheck} title="You hold no conversation">
        Take one over, and it stays here until you hand it back or close it.
      </EmptyState>
    );
  }
  if (tab === 'unassigned') {
    return (
      <EmptyState icon={UsersRound} title="Nobody is waiting">
        Conversations that neither the bot nor a member answers are listed here.
      </EmptyState>
    );
  }
  if (tab === 'closed') {
    return (
      <EmptyState icon={Archive} title="No closed conversations">
        Close one when it is done. It opens again by itself when the lead writes.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Inbox}
      title="No conversations yet"
      action={
        hasPhone && (
          <a href="/phone" className={buttonClass('primary')}>
            Write from the simulated phone
          </a>
        )
      }
    >
      A conversation starts when somebody writes to one of your WhatsApp numbers.
    </EmptyState>
  );
}
