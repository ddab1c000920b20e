'use client';
import { Plus, RadioTower } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { AskHeads } from './ask-heads.tsx';
import { BotSwitch } from './bot-switch.tsx';
import {
  agoWords,
  lastingWords,
  limitWords,
  numberWords,
  qualityWords,
  stateWords,
} from './channel-words.ts';
import { type ChannelRow, useChannels } from './channels.ts';

/** The tenant's WhatsApp numbers and how each of them is. */
export function ChannelsRoom() {
  const { slug, may } = useMember();
  const channels = useChannels();
  // The cast: the page is part of the same house.
  const connect = `/t/${slug}/channels/connect` as Route;
  const mayConnect = may.includes('channels.connect');
  return (
    <div className="min-w-0 flex-1 overflow-y-auto bg-surface-0">
      <div className="mx-auto max-w-5xl px-8 py-8 max-[899px]:px-4 max-[899px]:py-5">
        <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="flex-1 text-xl font-semibold text-strong">Channels</h1>
          {mayConnect && (
            <Link href={connect} className={buttonClass('primary', 'normal', 'max-[899px]:h-11')}>
              <Plus aria-hidden="true" strokeWidth={1.75} className="size-4" />
              Connect a number
            </Link>
          )}
        </header>
        <section aria-label="Channels" className="mt-4 rounded-md border border-line bg-surface-1">
          {channels.isError && !channels.data ? (
            <ErrorState
              title="The channels could not be loaded"
              message={wordsOf(channels.error)}
              onRetry={() => void channels.refetch()}
              retrying={channels.isFetching}
            />
          ) : !channels.data ? (
            <ListSkeleton />
          ) : channels.data.length === 0 ? (
            <EmptyState icon={RadioTower} title="No number is connected yet">
              {mayConnect ? (
                'Choose “Connect a number”: a demo number takes one click, your own a few minutes with Meta’s screens beside you.'
              ) : (
                <>
                  An owner or an admin can connect one. <AskHeads />
                </>
              )}
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line">
              {channels.data.map((channel) => (
                <Row key={channel.key} channel={channel} />
              ))}
            </ul>
          )}
        </section>
      </div>
    </div>
  );
}

function Row({ channel }: { channel: ChannelRow }) {
  const { slug, timeZone } = useMember();
  const now = useNow();
  const { key, name, health } = channel;
  const { words, tone } = stateWords(channel);
  const expires = health.tokenExpiresAt;
  const facts: [string, string][] = [
    ['Quality', qualityWords(health.quality)],
    ['Limit', limitWords(health.messagingLimit)],
    ['Token', expires ? `Until ${tableDate(new Date(expires), timeZone)}` : lastingWords(health.state)],
    ['Last webhook', agoWords(health.lastWebhookAt, now)],
  ];
  return (
    <li className="px-5 py-4 max-[899px]:px-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 text-base font-semibold text-strong">
          <Link href={`/t/${slug}/channels/${key}` as Route} className="wrap-anywhere hover:underline">
            {name}
          </Link>
        </h2>
        <span className="num text-sm text-muted">{numberWords(channel)}</span>
        <Tag tone={tone}>{words}</Tag>
        <span className="ms-auto flex items-center gap-2 text-sm text-muted">
          Bot
          <BotSwitch channel={channel} />
        </span>
      </div>
      {health.problem && channel.disconnectedAt === null && (
        <p className="mt-1 text-sm text-strong">{health.problem.title}.</p>
      )}
      <dl className="num mt-2 grid grid-cols-2 gap-x-4 gap-y-2 text-sm min-[900px]:grid-cols-4">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt className="text-xs text-muted">{label}</dt>
            <dd className="text-normal">{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

const ListSkeleton = () => (
  <Loading label="Loading channels" className="space-y-3 p-5">
    <Skeleton className="h-5 w-48" />
    <Skeleton className="h-4 w-full max-w-lg" />
  </Loading>
);
