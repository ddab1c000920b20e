'use client';
import { MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ConversationPane } from './conversation-pane.tsx';
import { useConversationId } from './use-conversation-id.ts';

/** Whichever conversation the address names; the server need not be asked for a page to open another one. */
export function OpenConversation() {
  const id = useConversationId();
  const [leadShown, setLeadShown] = useState(true);
  if (id === null) {
    return (
      <section
        aria-label="Conversation"
        className="grid flex-1 place-items-center bg-surface-0 max-[899px]:hidden"
      >
        <EmptyState icon={MessagesSquare} title="No conversation is open">
          Choose one from the list, or press j and Enter.
        </EmptyState>
      </section>
    );
  }
  return <ConversationPane key={id} id={id} leadShown={leadShown} onLeadShown={setLeadShown} />;
}
