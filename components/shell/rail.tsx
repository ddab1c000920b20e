'use client';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { cx } from '#components/ui/cx.ts';
import { Kbd } from '#components/ui/kbd.tsx';
import { GettingStarted } from './getting-started.tsx';
import { useModKey } from './mod-key.ts';
import { isIn, type Room, rooms } from './rooms.ts';
import { TenantSwitcher } from './tenant-switcher.tsx';
import { UserMenu } from './user-menu.tsx';

type Props = { onGoTo: () => void; onShortcuts: () => void };

/** The rooms, from 900 pixels on. */
export function Rail({ onGoTo, onShortcuts }: Props) {
  const { user } = useMember();
  const mod = useModKey();
  return (
    <nav
      aria-label="Rooms"
      className="hidden w-48 shrink-0 flex-col border-e border-line bg-surface-0 p-2 min-[900px]:flex"
    >
      <TenantSwitcher />
      <button
        type="button"
        onClick={onGoTo}
        className="mb-3 flex h-8 shrink-0 items-center gap-2 rounded-md border border-line bg-surface-1 px-2 text-sm text-muted hover:bg-surface-2"
      >
        <Search aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
        <span className="flex-1 text-start">Go to</span>
        <span aria-hidden="true">
          <Kbd>{mod}K</Kbd>
        </span>
      </button>
      <ul className="flex flex-1 flex-col gap-0.5">
        {rooms.map((room) => (
          <li key={room.label}>
            <RailLink room={room} />
          </li>
        ))}
      </ul>
      <GettingStarted />
      <UserMenu
        onShortcuts={onShortcuts}
        side="top"
        trigger={
          <button
            type="button"
            className="flex h-10 shrink-0 items-center gap-2 rounded-md px-1.5 text-start hover:bg-surface-2"
          >
            <Avatar name={user.name} size={7} />
            <span className="flex-1 truncate text-sm text-strong">{user.name}</span>
            <Ellipsis aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-muted" />
          </button>
        }
      />
    </nav>
  );
}

function RailLink({ room }: { room: Room }) {
  const { slug } = useMember();
  const here = isIn(room, slug, usePathname());
  const Icon = room.icon;
  return (
    <Link
      href={room.path(slug)}
      aria-current={here ? 'page' : undefined}
      className={cx(
        'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm',
        here ? 'bg-surface-3 font-medium text-strong' : 'text-normal hover:bg-surface-2',
      )}
    >
      <Icon
        aria-hidden="true"
        strokeWidth={1.75}
        className={cx('size-4 shrink-0', here ? 'text-accent-text' : 'text-muted')}
      />
      <span className="flex-1">{room.label}</span>
      {room.countsUnread && <Unread />}
    </Link>
  );
}

function Unread() {
  const { slug } = useMember();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.inbox.counts.queryOptions({ tenant: slug }));
  if (!data?.unread) return null;
  return (
    <span className="num text-xs text-muted">
      {data.unread > 99 ? '99+' : data.unread}
      <span className="sr-only"> unread</span>
    </span>
  );
}
