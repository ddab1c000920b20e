'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import type { Member } from '#components/trpc/types.ts';

type Place = { label: string; path: string; needs?: Member['may'][number] };

/** The settings' places; a place that needs a permission is there for those who have it. */
const places: readonly Place[] = [
  { label: 'General', path: '' },
  { label: 'Members', path: '/members', needs: 'members.view' },
  { label: 'Audit log', path: '/audit', needs: 'audit.view' },
];

/** The settings' own navigation, and below it the place that is open, which has the page's heading. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const { slug, may } = useMember();
  const pathname = usePathname();
  const root = `/t/${slug}/settings`;
  const shown = places.filter(({ needs }) => !needs || may.includes(needs));
  return (
    <div className="flex min-w-0 flex-1 flex-col bg-surface-0">
      <nav aria-label="Settings" className="shrink-0 border-b border-line">
        <ul className="mx-auto flex w-full max-w-5xl gap-5 overflow-x-auto px-8 [scrollbar-width:none] max-[899px]:px-4">
          {shown.map(({ label, path }) => (
            <li key={label} className="shrink-0">
              <Link
                href={`${root}${path}`}
                aria-current={isHere(pathname, root, path) ? 'page' : undefined}
                className="flex h-12 items-center border-b-2 border-transparent text-sm text-muted -outline-offset-2 hover:text-strong aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-strong"
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-5xl px-8 py-8 max-[899px]:px-4 max-[899px]:py-5">{children}</div>
      </div>
    </div>
  );
}

function isHere(pathname: string, root: string, path: string): boolean {
  return path === '' ? pathname === root : `${pathname}/`.startsWith(`${root}${path}/`);
}
