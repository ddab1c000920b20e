import { Loading, Skeleton } from '#components/ui/skeleton.tsx';

const rows = ['w-32', 'w-40', 'w-28', 'w-36', 'w-44', 'w-24', 'w-30', 'w-48'] as const;

/** Rows of the same height, before their words come. */
export function LeadsSkeleton() {
  return (
    <Loading label="Loading leads">
      <div className="h-9 border-b border-line" />
      {rows.map((width) => (
        <div
          key={width}
          className="flex h-11 items-center gap-6 border-b border-line px-6 max-[899px]:h-14 max-[899px]:px-4"
        >
          <Skeleton className="size-4" />
          <Skeleton className={`h-3 ${width}`} />
          <Skeleton className="h-3 w-28 max-[899px]:hidden" />
          <Skeleton className="ms-auto h-3 w-12" />
        </div>
      ))}
    </Loading>
  );
}
