'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useNews } from '#components/trpc/live.tsx';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { AppRouter, Member } from '#components/trpc/types.ts';

type Outputs = inferRouterOutputs<AppRouter>['members'];
export type MemberRow = Outputs['list'][number];
export type InvitationRow = Outputs['invitations'][number];
export type Role = Member['role'];

export const roleNames: Record<Role, string> = { owner: 'Owner', admin: 'Admin', agent: 'Agent' };
/** "an owner" */
export const aRole = (role: Role): string => `an ${role}`;

/** The roles that somebody of this role may give. */
export const givenBy = (role: Role): Role[] =>
  role === 'owner' ? ['agent', 'admin', 'owner'] : ['agent', 'admin'];

/** The members and the invitations that wait, as they are now; the latter only for who may invite. */
export function useMembers() {
  const { slug, may } = useMember();
  const trpc = useTRPC();
  const refresh = useRefresh();
  useNews(({ conversations }) => void (conversations === null && refresh()));
  const input = { tenant: slug };
  return {
    members: useQuery(trpc.members.list.queryOptions(input)),
    invitations: useQuery({
      ...trpc.members.invitations.queryOptions(input),
      enabled: may.includes('members.invite'),
    }),
  };
}

function useRefresh() {
  const { slug } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const keys = [
    trpc.members.list.queryKey({ tenant: slug }),
    trpc.members.invitations.queryKey({ tenant: slug }),
  ];
  return () => Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}

/** What can be done with members; each is done only when the lists show it. */
export function useMemberDeeds() {
  const trpc = useTRPC();
  const onSuccess = useRefresh();
  const { members } = trpc;
  return {
    invite: useMutation(members.invite.mutationOptions({ onSuccess })),
    sendAgain: useMutation(members.sendInvitationAgain.mutationOptions({ onSuccess })),
    withdraw: useMutation(members.withdrawInvitation.mutationOptions({ onSuccess })),
    changeRole: useMutation(members.changeRole.mutationOptions({ onSuccess })),
    remove: useMutation(members.remove.mutationOptions({ onSuccess })),
    transfer: useMutation(members.transfer.mutationOptions({ onSuccess })),
    leave: useMutation(members.leave.mutationOptions()),
  };
}

/**
 * Tells of what was done when it is, also where news was faster and took the row with the button off the page:
 * `mutate`'s own callbacks go with it. What failed is shown beside the button.
 */
export function tellWhenDone<T>(deed: Promise<T>, tell: (answer: T) => void): void {
  deed.then(tell, () => {});
}
