'use client';
import { useQuery } from '@tanstack/react-query';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';

const mostNamed = 3;

/** Whom to ask for what an agent may not, by name: "Ask Ines Roca or Paul Berg." */
export function AskHeads() {
  const { slug: tenant } = useMember();
  const { data = [] } = useQuery(useTRPC().members.list.queryOptions({ tenant }));
  const names = data.filter(({ role }) => role !== 'agent').map(({ name }) => name);
  return names.length === 0
    ? 'Ask an owner or an admin.'
    : `Ask ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names.slice(0, mostNamed))}.`;
}
