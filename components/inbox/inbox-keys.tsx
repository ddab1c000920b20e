'use client';
import { Inbox } from 'lucide-react';
import { useMember } from '#components/trpc/provider.tsx';
import { useActions } from '#components/ui/actions.tsx';
import { goShallow } from '#components/ui/shallow-link.tsx';
import { inboxPath } from './paths.ts';

/** The keys of the room that belong to no pane. */
export function InboxKeys() {
  const { slug } = useMember();
  useActions([
    {
      label: 'Back to the list',
      keys: 'u',
      icon: Inbox,
      run: () => goShallow(inboxPath(slug)),
      keyOnly: true,
    },
  ]);
  return null;
}
