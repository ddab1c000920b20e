'use client';
import { CircleAlert, Gauge } from 'lucide-react';
import Link from 'next/link';
import { useNews } from '#components/trpc/live.tsx';
import { useMember } from '#components/trpc/provider.tsx';
import { useRefreshToday, useToday } from '#components/trpc/use-today.ts';
import { cx } from '#components/ui/cx.ts';
import { clockTime } from '#components/ui/time-words.ts';

/** From this part of the day's messages on people are told, before the end comes by surprise. */
const nearEnd = 0.8;

/** Most of today's messages are used, or all of them, and what follows from it. Nothing while there are plenty. */
export function QuotaBar() {
  const { slug, timeZone } = useMember();
  const today = useToday();
  const refresh = useRefreshToday();
  useNews(({ conversations }) => {
    if (conversations === null) refresh();
  });
  const isNear = today !== null && today.used >= today.quota * nearEnd;
  const isUsedUp = today !== null && today.used >= today.quota;
  const Icon = isUsedUp ? CircleAlert : Gauge;
  return (
    <div role="status" className="shrink-0">
      {isNear && (
        <p
          className={cx(
            'num min-h-8 px-4 py-1.5 text-center text-sm text-strong',
            isUsedUp ? 'bg-danger-soft' : 'bg-warning-soft',
          )}
        >
          <Icon
            aria-hidden="true"
            strokeWidth={1.75}
            className={cx(
              'me-2 inline-block size-4 align-[-0.2em]',
              isUsedUp ? 'text-danger' : 'text-warning',
            )}
          />
          {today.used.toLocaleString('en')} of {today.quota.toLocaleString('en')} messages of today are used.{' '}
          {isUsedUp ? 'The bot’s replies are held until' : 'They renew at'}{' '}
          {clockTime(new Date(today.renewsAt), timeZone)}.{' '}
          <Link href={`/t/${slug}/settings#usage`} className="font-medium text-accent-text underline">
            See the usage
          </Link>
        </p>
      )}
    </div>
  );
}
