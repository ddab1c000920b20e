import { Loading, Skeleton } from '#components/ui/skeleton.tsx';

/** Header, bubbles and composer in their places, before the words come. */
export function ConversationSkeleton({ withLead }: { withLead: boolean }) {
  return (
    <>
      <section
        aria-label="Conversation"
        data-pane="thread"
        className="flex min-w-0 flex-1 flex-col bg-surface-0"
      >
        <Loading label="Loading the conversation" className="flex flex-1 flex-col">
          <div className="flex h-14 shrink-0 items-center gap-2 border-b border-line bg-surface-1 px-4">
            <Skeleton className="size-8 rounded-full!" />
            <div className="space-y-1.5">
              <Skeleton className="h-3.5 w-36" />
              <Skeleton className="h-3 w-48" />
            </div>
          </div>
          <div className="flex flex-1 flex-col gap-3 p-4">
            <Skeleton className="h-9 w-2/5 rounded-md!" />
            <Skeleton className="h-14 w-1/2 self-end rounded-md!" />
            <Skeleton className="h-9 w-1/3 rounded-md!" />
          </div>
          <div className="p-4 max-[899px]:p-0">
            <Skeleton className="h-28 rounded-md!" />
          </div>
        </Loading>
      </section>
      {withLead && (
        <div className="hidden w-80 shrink-0 border-s border-line bg-surface-1 min-[1200px]:block" />
      )}
    </>
  );
}
