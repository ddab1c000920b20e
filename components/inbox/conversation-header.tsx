'use client';
import { Check, ChevronLeft, EllipsisVertical, PanelRightOpen, RotateCcw, UserRound } from 'lucide-react';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView } from '#components/trpc/types.ts';
import { useActions } from '#components/ui/actions.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { nameWords, phoneWords } from '#components/ui/phone-words.ts';
import { ShallowLink } from '#components/ui/shallow-link.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { TurnedText } from '#components/ui/turned-text.tsx';
import { useSheet } from '#components/ui/use-sheet.ts';
import { LeadFacts } from './lead-facts.tsx';
import { inboxPath } from './paths.ts';
import type { Deeds } from './use-deeds.ts';

type Props = {
  view: ConversationView;
  deeds: Deeds;
  leadShown: boolean;
  onLeadShown: (shown: boolean) => void;
};

export function ConversationHeader({ view, deeds, leadShown, onLeadShown }: Props) {
  const { slug } = useMember();
  const [sheet, setSheet] = useSheet();
  const name = nameWords(view.name);
  const address = view.phone ? phoneWords(view.phone) : view.lead.username ? `@${view.lead.username}` : null;
  useActions([
    view.open
      ? { label: `Close ${name}`, keys: 'e', icon: Check, run: deeds.close }
      : { label: `Reopen ${name}`, icon: RotateCcw, run: deeds.reopen },
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
        <h2 className="text-base font-semibold text-strong">
          <TurnedText>{name}</TurnedText>
        </h2>
        <p className="num truncate text-xs text-muted">
          {address && address !== name && `${address} · `}
          <bdi>{view.channelName}</bdi>
        </p>
      </div>
      <IconButton
        label="About the lead"
        icon={UserRound}
        className="max-[899px]:hidden min-[1200px]:hidden"
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
      {/* What comes in its place cannot be pressed: a late second click must not open it again. */}
      <span className="grid min-w-18 justify-items-end max-[899px]:hidden">
        {view.open ? (
          <Button size="small" icon={Check} title="Close the conversation (e)" onClick={deeds.close}>
            Close
          </Button>
        ) : (
          <Tag>Closed</Tag>
        )}
      </span>
      <Menu
        align="end"
        trigger={<IconButton label="More" icon={EllipsisVertical} className="min-[900px]:hidden" />}
      >
        <MenuItem icon={UserRound} onClick={() => setSheet(true)}>
          About the lead
        </MenuItem>
        {view.open ? (
          <MenuItem icon={Check} onClick={deeds.close}>
            Close
          </MenuItem>
        ) : (
          <MenuItem icon={RotateCcw} onClick={deeds.reopen}>
            Reopen
          </MenuItem>
        )}
      </Menu>
      <Dialog open={sheet} onOpenChange={setSheet} title="Lead">
        <LeadFacts view={view} />
      </Dialog>
    </header>
  );
}
