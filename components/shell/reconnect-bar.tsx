'use client';
import { WifiOff } from 'lucide-react';
import { useLostSince } from '#components/trpc/live.tsx';
import { useMember } from '#components/trpc/provider.tsx';
import { clockTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';

/** Shorter breaks are mended before one has read the sentence; a silent line is only noticed after half of it. */
const worthSaying = 4_500;

/** Nothing is silently stale. */
export function ReconnectBar() {
  const { timeZone } = useMember();
  const since = useLostSince();
  const now = useNow(1_000);
  const lost = since !== null && now.getTime() - since > worthSaying;
  return (
    <div role="status" className="shrink-0">
      {lost && (
        <p className="num flex min-h-8 items-center justify-center gap-2 bg-warning-soft px-4 py-1 text-sm text-strong">
          <WifiOff aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-warning" />
          Live updates are lost since {clockTime(new Date(since), timeZone)}. Reconnecting…
        </p>
      )}
    </div>
  );
}
