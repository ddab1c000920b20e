'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useMember } from '#components/trpc/provider.tsx';
import { ChangeList } from './change-list.tsx';
import { LabelList } from './label-list.tsx';
import { useFreshLeads } from './leads.ts';

/** What leads are labelled with, and what was done to many of them: to be mended, and to be undone. */
export function ChangesPage() {
  const { slug } = useMember();
  useFreshLeads();
  return (
    <div className="flex min-w-0 flex-1 flex-col overflow-y-auto bg-surface-1">
      <header className="flex h-16 shrink-0 flex-col justify-center border-b border-line px-6 max-[899px]:px-4">
        {/* The cast: the page is part of the same house. */}
        <Link
          href={`/t/${slug}/leads` as Route}
          className="inline-block self-start py-1 text-xs text-muted hover:underline"
        >
          Leads
        </Link>
        <h1 className="-mt-1 text-lg font-semibold text-strong">Labels and changes</h1>
      </header>
      <div className="mx-auto w-full max-w-[760px] px-6 py-6 max-[899px]:px-4">
        <LabelList />
        <ChangeList />
      </div>
    </div>
  );
}
