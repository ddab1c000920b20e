'use client';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { conversationsOf } from './conversations-of.ts';
import { type MemberRow, tellWhenDone, useMemberDeeds } from './members.ts';

type Props = { member: MemberRow; open: boolean; onClose: () => void };

export function RemoveDialog({ member, open, onClose }: Props) {
  const { slug, name: tenant } = useMember();
  const toast = useToast();
  const { remove } = useMemberDeeds();
  const { name, userId, holds } = member;
  const submit = () =>
    tellWhenDone(remove.mutateAsync({ tenant: slug, userId }), ({ returned }) => {
      onClose();
      toast({
        text: `${name} is no member any more.${returned > 0 ? ` ${conversationsOf(returned)} returned to the team.` : ''}`,
      });
    });
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={`Remove ${name}?`}
      description={`${name} can see nothing of ${tenant} any more, from this moment on. What they wrote stays.${
        holds > 0 ? ` The ${conversationsOf(holds)} that they answer return to the team, unassigned.` : ''
      }`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" busy={remove.isPending} onClick={submit}>
            Remove
          </Button>
        </>
      }
    >
      {remove.isError && <Notice tone="danger">{wordsOf(remove.error)}</Notice>}
    </Dialog>
  );
}
