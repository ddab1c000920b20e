'use client';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { InvitationList } from './invitation-list.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberList, MemberListSkeleton } from './member-list.tsx';
import { useMembers } from './members.ts';
import { RoleTable } from './role-table.tsx';

/** Who is in the team, who is asked to join it, and what each of them may do. */
export function MembersRoom() {
  const { may } = useMember();
  const { members, invitations } = useMembers();
  const [inviting, setInviting] = useState(false);
  return (
    <>
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-xl font-semibold text-strong">Members</h1>
        <p className="num flex-1 text-sm text-muted">{members.data?.length}</p>
        {may.includes('members.invite') && (
          <Button
            look="primary"
            icon={UserPlus}
            className="max-[899px]:h-11"
            onClick={() => setInviting(true)}
          >
            Invite
          </Button>
        )}
      </header>
      <section aria-label="Members" className="mt-4 rounded-md border border-line bg-surface-1">
        {members.isError && !members.data ? (
          <ErrorState
            title="The members could not be loaded"
            message={wordsOf(members.error)}
            onRetry={() => void members.refetch()}
            retrying={members.isFetching}
          />
        ) : members.data ? (
          <MemberList members={members.data} />
        ) : (
          <MemberListSkeleton />
        )}
      </section>
      {may.includes('members.invite') && <InvitationList query={invitations} />}
      <RoleTable />
      <InviteDialog open={inviting} onOpenChange={setInviting} />
    </>
  );
}
