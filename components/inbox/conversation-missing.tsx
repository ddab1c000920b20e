import { CircleSlash } from 'lucide-react';
import type { ReactNode } from 'react';
import { codeOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ShallowLink } from '#components/ui/shallow-link.tsx';
import { inboxPath } from './paths.ts';

/** In the conversation's place: that there is none, or `children`, which say what else went wrong. */
export function ConversationMissing({ error, children }: { error: unknown; children: ReactNode }) {
  const { slug } = useMember();
  const code = codeOf(error);
  const missing = code === 'NOT_FOUND' || code === 'BAD_REQUEST';
  return (
    <section
      aria-label="Conversation"
      data-pane="thread"
      className="grid min-w-0 flex-1 place-items-center bg-surface-0"
    >
      {missing ? (
        <EmptyState
          icon={CircleSlash}
          title="Not found"
          action={
            <ShallowLink href={inboxPath(slug)} className={buttonClass()}>
              Back to the list
            </ShallowLink>
          }
        >
          This conversation does not exist, or it is not yours to see.
        </EmptyState>
      ) : (
        children
      )}
    </section>
  );
}
