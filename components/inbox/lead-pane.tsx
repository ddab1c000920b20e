'use client';
import { PanelRightClose } from 'lucide-react';
import type { ConversationView } from '#components/trpc/types.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { LeadFacts } from './lead-facts.tsx';

/** The third pane, where there is room for it. */
export function LeadPane({ view, onHide }: { view: ConversationView; onHide: () => void }) {
  return (
    <aside
      aria-label="Lead"
      className="hidden w-80 shrink-0 flex-col overflow-y-auto border-s border-line bg-surface-1 min-[1200px]:flex"
    >
      <header className="flex h-14 shrink-0 items-center ps-4 pe-2">
        <h2 className="flex-1 text-base font-semibold text-strong">Lead</h2>
        <IconButton label="Hide the lead" icon={PanelRightClose} onClick={onHide} />
      </header>
      <div className="px-4 pb-4">
        <LeadFacts view={view} />
      </div>
    </aside>
  );
}
