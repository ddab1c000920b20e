import { Loading, Skeleton } from '#components/ui/skeleton.tsx';

const rows = [44, 60, 36, 52, 40, 56, 48, 64] as const;

/** Rows of the same height, before their words come. */
export function ListSkeleton() {
  return (
    <Loading label="Loading conversations">
      {rows.map((width) => (
        <div key={width} className="flex h-16 items-center gap-3 px-3">
          <Skeleton className="size-8 shrink-0 rounded-full!" />
          <div className="flex-1 space-y-2">
            <div style={{ width: `${width}%` }}>
              <Skeleton className="h-3" />
            </div>
            <div style={{ width: `${width + 24}%` }}>
              <Skeleton className="h-3" />
            </div>
          </div>
        </div>
      ))}
    </Loading>
  );
}
