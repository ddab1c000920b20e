'use client';
import { ArrowLeft, RefreshCw } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { BotSwitch } from './bot-switch.tsx';
import { ChannelAccess } from './channel-access.tsx';
import { ChannelHealth } from './channel-health.tsx';
import { numberWords, stateWords } from './channel-words.ts';
import { type Channel, useChannel, useChannelDeeds } from './channels.ts';
import { Connection } from './connection.tsx';

/** One number: how it is and what to do, its address and secrets, and the way to end it. */
export function ChannelRoom({ channelKey }: { channelKey: string }) {
  const { slug } = useMember();
  const channel = useChannel(channelKey);
  return (
    <div className="min-w-0 flex-1 overflow-y-auto bg-surface-0">
      <div className="mx-auto max-w-3xl space-y-5 px-8 py-8 max-[899px]:px-4 max-[899px]:py-5">
        <Link
          href={`/t/${slug}/channels` as Route}
          className="inline-flex min-h-8 items-center gap-1 text-sm text-accent-text hover:underline max-[899px]:min-h-11"
        >
          <ArrowLeft aria-hidden="true" strokeWidth={1.75} className="size-4" />
          Channels
        </Link>
        {channel.data ? (
          <Parts channel={channel.data} />
        ) : channel.isError ? (
          <ErrorState
            title="The channel could not be loaded"
            message={wordsOf(channel.error)}
            onRetry={() => void channel.refetch()}
            retrying={channel.isFetching}
          />
        ) : (
          <Loading label="Loading the channel">
            <Skeleton className="h-6 w-56" />
          </Loading>
        )}
      </div>
    </div>
  );
}

function Parts({ channel }: { channel: Channel }) {
  const { slug, may } = useMember();
  const toast = useToast();
  const { check } = useChannelDeeds();
  const { words, tone } = stateWords(channel);
  return (
    <>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-xl font-semibold wrap-anywhere text-strong">{channel.name}</h1>
        <span className="num text-sm text-muted">{numberWords(channel)}</span>
        <Tag tone={tone}>{words}</Tag>
        <span className="ms-auto flex items-center gap-3 text-sm text-muted">
          Bot
          <BotSwitch channel={channel} />
          {may.includes('channels.rotate') && channel.disconnectedAt === null && (
            <Button
              icon={RefreshCw}
              busy={check.isPending}
              className="max-[899px]:h-11"
              onClick={() =>
                check.mutate(
                  { tenant: slug, key: channel.key },
                  { onError: (error) => toast({ text: wordsOf(error) }) },
                )
              }
            >
              Check now
            </Button>
          )}
        </span>
      </header>
      <ChannelHealth channel={channel} />
      {channel.keys && <ChannelAccess channel={channel} keys={channel.keys} />}
      {(may.includes('channels.disconnect') || channel.disconnectedAt !== null) && (
        <Connection channel={channel} />
      )}
    </>
  );
}
