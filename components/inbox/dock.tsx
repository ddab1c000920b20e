'use client';
import { Archive, Bot, ClockAlert, Hand, type LucideIcon, RotateCcw, UserRoundCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView } from '#components/trpc/types.ts';
import { Button } from '#components/ui/button.tsx';
import { closedTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { Composer } from './composer.tsx';
import { windowAt } from './message-window.ts';
import type { Deeds } from './use-deeds.ts';

/** The composer, or in its place why one cannot write now and what to do. */
export function Dock({ view, deeds }: { view: ConversationView; deeds: Deeds }) {
  const { timeZone } = useMember();
  const now = useNow();
  const window = windowAt(view.windowClosesAt, now);
  const { holder } = view;

  if (window.state === 'never') {
    return (
      <Instead icon={ClockAlert} title="The 24-hour window is not open">
        WhatsApp allows free messages for 24 hours after the lead last wrote. This lead has not written yet.
      </Instead>
    );
  }
  if (window.state === 'closed') {
    return (
      <Instead
        icon={ClockAlert}
        title={`The 24-hour window closed ${closedTime(window.closedAt, now, timeZone)}`}
      >
        WhatsApp allows free replies for 24 hours after the lead last wrote. You can write again as soon as{' '}
        <bdi>{view.name}</bdi> does.
      </Instead>
    );
  }
  if (!view.open) {
    return (
      <Instead
        icon={Archive}
        title="This conversation is closed"
        action={
          <Button
            look="primary"
            icon={RotateCcw}
            onClick={deeds.reopen}
            className="max-[899px]:h-11 max-[480px]:w-full"
          >
            Reopen to write
          </Button>
        }
      >
        It opens again by itself when the lead writes.
      </Instead>
    );
  }
  if (holder.kind === 'bot') {
    return (
      <Instead
        icon={Bot}
        title="Bot is answering"
        action={
          <Button
            look="primary"
            icon={Hand}
            busy={deeds.takingOver}
            onClick={deeds.takeOver}
            title="Take over (t)"
            className="max-[899px]:h-11 max-[480px]:w-full"
          >
            Take over
          </Button>
        }
      >
        {view.botStep && `At step ${view.botStep.number} of ${view.botStep.of}, “${view.botStep.title}”. `}
        If you take over, it stops at once, also what is queued.
      </Instead>
    );
  }
  if (holder.kind === 'member' && !holder.you) {
    return (
      <Instead icon={UserRoundCheck} title={`${holder.name} is answering`}>
        Take over above to write here yourself. {holder.name} will see that you did.
      </Instead>
    );
  }
  return <Composer view={view} window={window} autoFocus={deeds.tookOver} onRefused={deeds.refuse} />;
}

type InsteadProps = { icon: LucideIcon; title: string; children: ReactNode; action?: ReactNode };

function Instead({ icon: Icon, title, children, action }: InsteadProps) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-6 gap-y-3 border-t border-line bg-surface-1 px-4 py-4">
      <div className="flex min-w-0 flex-1 basis-72 items-start gap-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-full bg-surface-2 text-muted">
          <Icon aria-hidden="true" strokeWidth={1.75} className="size-4" />
        </span>
        <div className="min-w-0 flex-1">
          <p className="text-base font-semibold text-strong">{title}</p>
          <p className="mt-0.5 max-w-[58ch] text-sm text-normal">{children}</p>
        </div>
      </div>
      {action}
    </div>
  );
}
