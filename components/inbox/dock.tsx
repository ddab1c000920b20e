'use client';
import {
  Ban,
  ClockAlert,
  Gauge,
  Hand as HandIcon,
  type LucideIcon,
  Unplug,
  UserRoundCheck,
} from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView } from '#components/trpc/types.ts';
import { useToday } from '#components/trpc/use-today.ts';
import { clockTime, closedTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { Composer } from './composer.tsx';
import { ReopenButton, TakeOverButton } from './deed-button.tsx';
import { windowAt } from './message-window.ts';
import type { Deeds } from './use-deeds.ts';

type Props = { view: ConversationView; deeds: Deeds };

/** The composer, or in its place why one cannot write now and what to do. */
export function Dock({ view, deeds }: Props) {
  const { slug, timeZone } = useMember();
  const today = useToday();
  const now = useNow();
  const window = windowAt(view.windowClosesAt, now);
  const { holder } = view;

  if (view.disconnected) {
    return (
      <Instead
        icon={Unplug}
        title={`${view.channelName} is disconnected`}
        action={<WhatRemains view={view} deeds={deeds} />}
      >
        Nothing can be sent from this number. What people write to it is kept. An owner or an admin can
        connect it again under Channels.
      </Instead>
    );
  }
  if (view.lead.blocked) {
    return (
      <Instead icon={Ban} title="This person is blocked" action={<WhatRemains view={view} deeds={deeds} />}>
        Nothing comes in from them and nothing goes out. Unblock them on their lead’s page to write again.
      </Instead>
    );
  }
  if (view.lead.optedOut && window.state !== 'open') {
    return (
      <Instead
        icon={HandIcon}
        title="They want no messages"
        action={<WhatRemains view={view} deeds={deeds} />}
      >
        Nobody can begin to write to them. You can answer as soon as <bdi>{view.name}</bdi> writes.
      </Instead>
    );
  }
  if (window.state === 'never') {
    return (
      <Instead
        icon={ClockAlert}
        title="The 24-hour window is not open"
        action={<WhatRemains view={view} deeds={deeds} />}
      >
        WhatsApp allows free messages for 24 hours after the lead last wrote. This lead has not written yet.
      </Instead>
    );
  }
  if (window.state === 'closed') {
    return (
      <Instead
        icon={ClockAlert}
        title={`The 24-hour window closed ${closedTime(window.closedAt, now, timeZone)}`}
        action={<WhatRemains view={view} deeds={deeds} />}
      >
        WhatsApp allows free replies for 24 hours after the lead last wrote. You can write again as soon as{' '}
        <bdi>{view.name}</bdi> does.
      </Instead>
    );
  }
  if (holder.kind === 'member' && !holder.you) {
    return (
      <Instead
        icon={UserRoundCheck}
        title={`${holder.name} ${view.open ? 'is answering' : 'answered here'}`}
        action={<TakeOverButton deeds={deeds} />}
      >
        Take over to write here yourself. {holder.name} will see that you did.
      </Instead>
    );
  }
  if (today && today.used >= today.most) {
    const renews = clockTime(new Date(today.renewsAt), timeZone);
    return (
      <Instead
        icon={Gauge}
        title={`The quota of ${today.quota.toLocaleString('en')} messages a day is used up`}
        action={<WhatRemains view={view} deeds={deeds} />}
      >
        {today.used.toLocaleString('en')} of {today.quota.toLocaleString('en')} went out today. It renews at{' '}
        {renews}. What <bdi>{view.name}</bdi> writes still comes in.{' '}
        <Link href={`/t/${slug}/settings#usage`} className="font-medium text-accent-text underline">
          See the usage
        </Link>
      </Instead>
    );
  }
  return <Composer view={view} window={window} deeds={deeds} />;
}

/** One need not be able to write to decide whose it is. */
function WhatRemains({ view, deeds }: Props) {
  if (!view.open)
    return (
      <span className="ms-auto">
        <ReopenButton deeds={deeds} />
      </span>
    );
  return view.holder.kind === 'member' && view.holder.you ? null : <TakeOverButton deeds={deeds} />;
}

type InsteadProps = { icon: LucideIcon; title: string; children: ReactNode; action: ReactNode };

function Instead({ icon: Icon, title, children, action }: InsteadProps) {
  return (
    <div className="flex shrink-0 items-start gap-3 border-t border-line bg-surface-1 px-4 py-4">
      <span className="grid size-9 shrink-0 place-items-center rounded-full bg-surface-2 text-muted">
        <Icon aria-hidden="true" strokeWidth={1.75} className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-base font-semibold text-strong">{title}</p>
        <p className="mt-0.5 max-w-[58ch] text-sm text-normal">{children}</p>
        <div className="mt-3 flex empty:hidden">{action}</div>
      </div>
    </div>
  );
}
