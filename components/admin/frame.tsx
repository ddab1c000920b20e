'use client';
import { Building2, Gauge, ScrollText, Shield, UserRound } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { AdminProvider } from '#components/trpc/admin.tsx';
import { SignOut } from './sign-out.tsx';

const rooms = [
  { href: '/admin/tenants', label: 'Tenants', icon: Building2 },
  { href: '/admin/capacity', label: 'Capacity', icon: Gauge },
  { href: '/admin/audit', label: 'Audit log', icon: ScrollText },
] as const;

/** Ink around the page in both schemes, so that nobody mistakes where they are. */
export function AdminFrame({ name, children }: { name: string; children: ReactNode }) {
  return (
    <AdminProvider>
      <div className="flex min-h-dvh bg-frame max-[899px]:flex-col">
        <nav
          aria-label="Superadmin"
          className="sticky top-0 z-10 flex h-dvh w-48 shrink-0 flex-col bg-frame p-2 max-[899px]:h-12 max-[899px]:w-full max-[899px]:flex-row max-[899px]:items-center max-[899px]:gap-2 max-[899px]:py-0"
        >
          <p className="flex h-10 items-center gap-2 px-2 text-sm font-semibold text-on-frame min-[900px]:mb-3">
            <Shield aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
            <span className="max-[519px]:sr-only">Superadmin</span>
          </p>
          <Rooms />
          <span className="flex-1" />
          <p className="px-2 text-xs whitespace-nowrap text-on-frame-muted max-[519px]:sr-only min-[900px]:pb-2">
            You see every tenant
          </p>
          <a
            href="/account"
            className="flex h-8 shrink-0 items-center gap-2.5 rounded-md px-2 text-sm text-on-frame-muted outline-on-frame hover:bg-frame-hover hover:text-on-frame max-[899px]:size-11 max-[899px]:justify-center"
          >
            <UserRound aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
            <span className="max-[899px]:sr-only">Your account</span>
          </a>
          <SignOut name={name} />
        </nav>
        <main className="min-w-0 flex-1 bg-surface-0 min-[900px]:m-2 min-[900px]:ms-0 min-[900px]:rounded-md">
          <div className="mx-auto max-w-[1240px] px-6 pt-5 pb-10 max-[899px]:px-4">{children}</div>
        </main>
      </div>
    </AdminProvider>
  );
}

/** On phones icons, whose names are read out. */
function Rooms() {
  const path = usePathname();
  return (
    <div className="flex flex-col gap-0.5 max-[899px]:flex-row">
      {rooms.map(({ href, label, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={path.startsWith(href) ? 'page' : undefined}
          className="flex h-8 items-center gap-2.5 rounded-md px-2 text-sm text-on-frame-muted outline-on-frame hover:bg-frame-hover aria-[current]:bg-frame-hover aria-[current]:font-medium aria-[current]:text-on-frame max-[899px]:size-11 max-[899px]:justify-center max-[899px]:px-0"
        >
          <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
          <span className="max-[899px]:sr-only">{label}</span>
        </Link>
      ))}
    </div>
  );
}
