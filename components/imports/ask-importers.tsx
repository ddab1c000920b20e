'use client';
import { useQuery } from '@tanstack/react-query';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';

/** Whom to ask for an import, by name. */
export function AskImporters() {
  const { slug: tenant } = useMember();
  const { data = [] } = useQuery(useTRPC().members.list.queryOptions({ tenant }));
  const names = data.filter(({ role }) => role !== 'agent').map(({ name }) => name);
  return names.length === 0
    ? 'Ask one of them.'
    : `Ask ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names.slice(0, 3))}.`;
}
