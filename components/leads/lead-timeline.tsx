'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { Time } from '#components/ui/time.tsx';
import { sinceTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { Card } from './card.tsx';
import { timelineQuery } from './queries.ts';
import { timelineWords } from './timeline-words.ts';

/** Everything that happened to a lead, the newest first. */
export function LeadTimeline({ id }: { id: string }) {
  const { slug, timeZone } = useMember();
  const trpc = useTRPC();
  const now = useNow(60_000);
  const timeline = useInfiniteQuery(timelineQuery(trpc, slug, id));
  const items = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title="Timeline">
      {timeline.isPending ? (
        <Loading label="Loading the timeline">
          <Skeleton className="h-4 w-48" />
        </Loading>
      ) : timeline.isError && !timeline.data ? (
        <ErrorState
          title="The timeline could not be loaded"
          message={wordsOf(timeline.error)}
          onRetry={() => void timeline.refetch()}
          retrying={timeline.isFetching}
        />
      ) : items.length === 0 ? (
        <p className="text-sm text-muted">Nothing has happened yet.</p>
      ) : (
        <ol aria-label="What happened" className="space-y-3">
          {items.map((item) => (
            <li key={`${item.kind} ${item.id}`} className="border-s-2 border-line ps-3 text-sm text-normal">
              <p className="wrap-anywhere">{timelineWords(item)}</p>
              <Time
                at={item.at}
                timeZone={timeZone}
                words={sinceTime(new Date(item.at), now, timeZone)}
                className="num text-xs text-muted"
              />
            </li>
          ))}
        </ol>
      )}
      {timeline.hasNextPage && (
        <Button
          className="mt-4 w-full"
          busy={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          Show earlier
        </Button>
      )}
    </Card>
  );
}
