'use client';
import { Search, UserRound } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useMember } from '#components/trpc/provider.tsx';
import { cx } from '#components/ui/cx.ts';
import { isIn, rooms } from './rooms.ts';
import { UserMenu } from './user-menu.tsx';

const place = 'flex flex-1 flex-col items-center justify-center gap-1 text-2xs -outline-offset-2';

type Props = { onGoTo: () => void; onShortcuts: () => void };

/** The rooms on a phone. It makes way for an open conversation. */
export function BottomBar({ onGoTo, onShortcuts }: Props) {
  const { slug } = useMember();
  const pathname = usePathname();
  return (
    <nav
      aria-label="Rooms"
      className="flex h-14 shrink-0 items-stretch border-t border-line bg-surface-1 group-has-data-[pane=thread]/shell:hidden min-[900px]:hidden"
    >
      {rooms.map((room) => {
        const here = isIn(room, slug, pathname);
        return (
          <Link
            key={room.label}
            href={room.path(slug)}
            aria-current={here ? 'page' : undefined}
            className={cx(place, here ? 'font-medium text-accent-text' : 'text-muted')}
          >
            <room.icon aria-hidden="true" strokeWidth={1.75} className="size-5" />
            {room.label}
          </Link>
        );
      })}
      <button type="button" onClick={onGoTo} className={cx(place, 'text-muted')}>
        <Search aria-hidden="true" strokeWidth={1.75} className="size-5" />
        Go to
      </button>
      <UserMenu
        side="top"
        onShortcuts={onShortcuts}
        trigger={
          <button type="button" className={cx(place, 'text-muted')}>
            <UserRound aria-hidden="true" strokeWidth={1.75} className="size-5" />
            You
          </button>
        }
      />
    </nav>
  );
}
