'use client';
import { wordsOf } from '#components/trpc/errors.ts';
import { setGivingUp } from '#components/trpc/giving-up.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { conversationsOf } from './conversations-of.ts';
import { type MemberRow, useMemberDeeds } from './members.ts';

type Props = { member: MemberRow; onlyOwner: boolean; open: boolean; onClose: () => void };

/** Gives up one's own place. The only owner is told what to do first, before they ask in vain. */
export function LeaveDialog({ member, onlyOwner, open, onClose }: Props) {
  const { slug, name: tenant } = useMember();
  const { leave } = useMemberDeeds();
  const { holds } = member;
  const description = onlyOwner
    ? `You are the only owner of ${tenant}, and a tenant always has one. Make somebody else an owner first; then you can leave.`
    : `You can see nothing of ${tenant} any more, until somebody invites you again.${
        holds > 0 ? ` The ${conversationsOf(holds)} that you answer return to the team, unassigned.` : ''
      }`;
  // Another document: nothing of this tenant is left in it.
  function submit() {
    setGivingUp(true);
    leave.mutate(
      { tenant: slug },
      { onSuccess: () => window.location.assign('/home'), onError: () => setGivingUp(false) },
    );
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={`Leave ${tenant}?`}
      description={description}
      actions={
        onlyOwner ? (
          <Button onClick={onClose}>Close</Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="danger" busy={leave.isPending || leave.isSuccess} onClick={submit}>
              Leave
            </Button>
          </>
        )
      }
    >
      {leave.isError && <Notice tone="danger">{wordsOf(leave.error)}</Notice>}
    </Dialog>
  );
}
