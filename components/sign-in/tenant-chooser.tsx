'use client';
import { ChevronRight, Shield } from 'lucide-react';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { TurnedText } from '#components/ui/turned-text.tsx';
import { PublicFrame } from './public-frame.tsx';

type Props = { tenants: readonly { slug: string; name: string; state: string }[]; superadmin: boolean };

const words: Record<string, string> = { suspended: 'Suspended', deleting: 'To be deleted' };

/** For who belongs to several tenants: which one now. */
export function TenantChooser({ tenants, superadmin }: Props) {
  return (
    <PublicFrame>
      <h1 className="mt-6 text-xl font-semibold text-strong">Choose a tenant</h1>
      {tenants.length === 0 && (
        <EmptyState icon={Shield} title="You belong to no tenant">
          Ask an owner of your tenant to add you.
        </EmptyState>
      )}
      <ul className="mt-5 divide-y divide-line rounded-md border border-line bg-surface-1 empty:hidden">
        {tenants.map(({ slug, name, state }) => (
          <li key={slug}>
            <Place
              href={`/t/${slug}/inbox`}
              name={name}
              detail={state === 'active' ? slug : `${slug} · ${words[state] ?? state}`}
            />
          </li>
        ))}
        {superadmin && (
          <li>
            <Place href="/admin/tenants" name="Superadmin" detail="Every tenant" />
          </li>
        )}
      </ul>
    </PublicFrame>
  );
}

/** Another tenant is another document: nothing of one is left in the other. */
function Place({ href, name, detail }: { href: string; name: string; detail: string }) {
  return (
    <a href={href} className="flex min-h-14 items-center gap-3 px-4 -outline-offset-2 hover:bg-surface-2">
      <span className="min-w-0 flex-1">
        <TurnedText className="text-base font-medium text-strong">{name}</TurnedText>
        <span className="block truncate text-xs text-muted">{detail}</span>
      </span>
      <ChevronRight
        aria-hidden="true"
        strokeWidth={1.75}
        className="size-4 shrink-0 text-muted rtl:-scale-x-100"
      />
    </a>
  );
}
