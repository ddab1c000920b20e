'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Building2, LogOut, type LucideIcon, MessageSquare, Shield, UserRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import { leave } from '#components/trpc/leave.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { type Action, useActionRegistry } from '#components/ui/actions.tsx';
import { nameWords, phoneWords } from '#components/ui/phone-words.ts';
import { applyTheme } from '#components/ui/theme.ts';
import { useGo } from './use-go.ts';
import { themeOptions } from './use-theme.ts';

export type PaletteItem = {
  id: string;
  label: string;
  detail?: string;
  icon?: LucideIcon | undefined;
  keys?: string | undefined;
  run: () => void;
};

/** What fits the text: conversations and leads that the server finds, and what can be done at the moment. */
export function usePaletteItems(text: string) {
  const found = useFoundConversations(text);
  const leads = useFoundLeads(text);
  const registry = useActionRegistry();
  const tenants = useTenantActions();
  const [offered] = useState(() => registry.all().filter(({ keyOnly }) => !keyOnly));
  const actions = [...offered, ...tenants, ...themeActions()];
  const wanted = text.toLocaleLowerCase();
  const fitting = actions
    .map(({ label, icon, keys, run }, index) => ({ id: `do ${index}`, label, icon, keys, run }))
    .filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
  const groups = [
    { label: 'Conversations', items: text ? found.items : [] },
    { label: 'Leads', items: text ? leads.items : [] },
    { label: 'Do', items: fitting },
  ];
  return {
    groups: groups.filter(({ items }) => items.length > 0),
    searching: found.searching || leads.searching,
  };
}

function useFoundConversations(text: string) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const go = useGo();
  const search = useSettled(text, 200);
  const found = useQuery({
    ...trpc.inbox.list.queryOptions({ tenant: slug, tab: 'all', search }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });
  const items = (found.data?.rows ?? []).slice(0, 12).map(
    (row): PaletteItem => ({
      id: row.id,
      label: nameWords(row.name),
      detail: [
        row.phone && phoneWords(row.phone),
        row.channel && nameWords(row.channel),
        row.open ? '' : 'closed',
      ]
        .filter(Boolean)
        .join(' · '),
      icon: MessageSquare,
      run: () => go(`/t/${slug}/inbox/${row.id}`),
    }),
  );
  return { items, searching: text !== '' && (text !== search || found.isFetching) };
}

function useFoundLeads(text: string) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const go = useGo();
  const search = useSettled(text, 200);
  const found = useQuery({
    ...trpc.people.list.queryOptions({ tenant: slug, filter: { search } }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });
  const items = (found.data?.rows ?? []).slice(0, 6).map(
    ({ id, name, phone }): PaletteItem => ({
      id: `lead ${id}`,
      label: nameWords(name ?? (phone === null ? 'No name yet' : phone)),
      ...(phone !== null && { detail: phoneWords(phone) }),
      icon: UserRound,
      run: () => go(`/t/${slug}/leads/${id}`),
    }),
  );
  return { items, searching: text !== '' && (text !== search || found.isFetching) };
}

/** The text as it was once nobody had typed for so long. */
function useSettled(text: string, after: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), after);
    return () => clearTimeout(timer);
  }, [text, after]);
  return settled;
}

/** What leads out of this tenant. Another tenant is another document: nothing of one is left in the other. */
function useTenantActions(): Action[] {
  const { slug } = useMember();
  const trpc = useTRPC();
  const mine = useQuery(trpc.tenants.mine.queryOptions()).data;
  const others = mine?.tenants.filter((tenant) => tenant.slug !== slug) ?? [];
  return [
    ...others.map((tenant) => ({
      label: `Go to tenant ${tenant.name}`,
      icon: Building2,
      run: () => window.location.assign(`/t/${tenant.slug}/inbox`),
    })),
    ...(mine?.user.superadmin
      ? [{ label: 'Go to Superadmin', icon: Shield, run: () => window.location.assign('/admin/tenants') }]
      : []),
    { label: 'Sign out', icon: LogOut, run: () => void leave() },
  ];
}

function themeActions(): Action[] {
  return themeOptions.map(({ value, label, icon }) => ({
    label: `Theme: ${label.toLocaleLowerCase()}`,
    icon,
    run: () => applyTheme(value),
  }));
}
