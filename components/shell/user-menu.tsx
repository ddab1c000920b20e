'use client';
import { useQuery } from '@tanstack/react-query';
import { Keyboard, LogOut } from 'lucide-react';
import type { ReactElement } from 'react';
import { leave } from '#components/trpc/leave.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import { TurnedText } from '#components/ui/turned-text.tsx';
import { useFirstSteps } from './use-first-steps.ts';
import { themeOptions, useTheme } from './use-theme.ts';

type Props = {
  trigger: ReactElement<Record<string, unknown>>;
  side: 'top' | 'bottom';
  onShortcuts: () => void;
};

/** Who is signed in, and what belongs to them rather than to the tenant. */
export function UserMenu({ trigger, side, onShortcuts }: Props) {
  const { user, slug } = useMember();
  const trpc = useTRPC();
  const mine = useQuery(trpc.tenants.mine.queryOptions()).data;
  const [theme, setTheme] = useTheme();
  const steps = useFirstSteps();
  const others = mine?.tenants.filter((tenant) => tenant.slug !== slug) ?? [];
  return (
    <Menu trigger={trigger} side={side} align="end">
      <p className="px-2 py-1.5 text-xs text-muted">
        <TurnedText className="text-sm font-medium text-strong">{user.name}</TurnedText>
        {user.email}
      </p>
      <MenuSeparator />
      <MenuChoice label="Theme" value={theme} options={themeOptions} onChoose={setTheme} />
      <MenuSeparator />
      <MenuItem icon={Keyboard} shortcut="?" onClick={onShortcuts}>
        Shortcuts
      </MenuItem>
      <div className="min-[900px]:hidden">
        {others.length > 0 && (
          <MenuGroup label="Other tenants">
            {others.map((tenant) => (
              <MenuLink key={tenant.slug} href={`/t/${tenant.slug}/inbox`}>
                {tenant.name}
              </MenuLink>
            ))}
          </MenuGroup>
        )}
        <MenuLink href="/onboarding">New business</MenuLink>
        {steps && <MenuLink href={`/t/${slug}/onboarding`}>Getting started</MenuLink>}
      </div>
      <MenuLink href="/account">Your account</MenuLink>
      {mine?.user.superadmin && <MenuLink href="/admin/tenants">Superadmin</MenuLink>}
      <MenuSeparator />
      <MenuItem icon={LogOut} onClick={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
