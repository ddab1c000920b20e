'use client';
import { Check, ChevronLeft, PanelRightOpen, RotateCcw, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView } from '#components/trpc/types.ts';
import { useActions } from '#components/ui/actions.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { ShallowLink } from '#components/ui/shallow-link.tsx';
import { LeadFacts } from './lead-facts.tsx';
import { inboxPath } from './paths.ts';
import { nameWords, phoneWords } from './phone.ts';
import type { Deeds } from './use-deeds.ts';

type Props = {
  view: ConversationView;
  deeds: Deeds;
  leadShown: boolean;
  onLeadShown: (shown: boolean) => void;
};

export function ConversationHeader({ view, deeds, leadShown, onLeadShown }: Props) {
  const { slug } = useMember();
  const [sheet, setSheet] = useState(false);
  const name = nameWords(view.name);
  const address = view.phone ? phoneWords(view.phone) : view.lead.username ? `@${view.lead.username}` : null;
  useActions([
    view.open
      ? { label: `Close ${name}`, keys: 'e', icon: Check, run: deeds.close }
      : { label: `Reopen ${name}`, keys: 'e', icon: RotateCcw, run: deeds.reopen },
  ]);

  return (
    <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line bg-surface-1 px-4 max-[899px]:px-1">
      <ShallowLink
        href={inboxPath(slug)}
        aria-label="Back to the list"
        className="hidden size-11 shrink-0 place-items-center text-normal max-[899px]:grid"
      >
        <ChevronLeft aria-hidden="true" strokeWidth={1.75} className="size-5" />
      </ShallowLink>
      <Avatar name={view.name} />
      <div className="min-w-0 flex-1">
        <h2 dir="auto" className="truncate text-start text-base font-semibold text-strong">
          {name}
        </h2>
        <p className="num truncate text-xs text-muted">
          {[address === name ? null : address, view.channelName].filter(Boolean).join(' · ')}
        </p>
      </div>
      <IconButton
        label="About the lead"
        icon={UserRound}
        className="min-[1200px]:hidden"
        onClick={() => setSheet(true)}
      />
      {!leadShown && (
        <IconButton
          label="Show the lead"
          icon={PanelRightOpen}
          className="max-[1199px]:hidden"
          onClick={() => onLeadShown(true)}
        />
      )}
      {view.open ? (
        <Button
          size="small"
          icon={Check}
          title="Close the conversation (e)"
          onClick={deeds.close}
          className="max-[899px]:me-2 max-[899px]:h-11"
        >
          Close
        </Button>
      ) : (
        <Button
          size="small"
          icon={RotateCcw}
          title="Reopen the conversation (e)"
          onClick={deeds.reopen}
          className="max-[899px]:me-2 max-[899px]:h-11"
        >
          Reopen
        </Button>
      )}
      <Dialog open={sheet} onOpenChange={setSheet} title="Lead">
        <LeadFacts view={view} />
      </Dialog>
    </header>
  );
}
