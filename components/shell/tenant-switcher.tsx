'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronsUpDown } from 'lucide-react';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Menu, MenuGroup, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import { TurnedText } from '#components/ui/turned-text.tsx';

/** Where one is, and where else one may go. */
export function TenantSwitcher() {
  const { slug, name } = useMember();
  const trpc = useTRPC();
  const tenants = useQuery(trpc.tenants.mine.queryOptions()).data?.tenants ?? [];
  const face = (
    <>
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-items-center rounded-md bg-accent text-xs font-semibold text-on-accent"
      >
        {[...name][0]?.toLocaleUpperCase()}
      </span>
      <TurnedText className="min-w-0 flex-1 text-sm font-semibold text-strong">{name}</TurnedText>
    </>
  );
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="mb-3 flex h-10 shrink-0 items-center gap-2 rounded-md px-1.5 text-start hover:bg-surface-2"
        >
          {face}
          <ChevronsUpDown aria-hidden="true" strokeWidth={1.75} className="size-3.5 shrink-0 text-muted" />
        </button>
      }
    >
      <MenuGroup label="Your businesses">
        {tenants.map((tenant) => (
          <MenuLink key={tenant.slug} href={`/t/${tenant.slug}/inbox`} current={tenant.slug === slug}>
            {tenant.name}
          </MenuLink>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuLink href="/onboarding">New business</MenuLink>
    </Menu>
  );
}
