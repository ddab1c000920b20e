'use client';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { type MemberRow, tellWhenDone, useMemberDeeds } from './members.ts';

type Props = { member: MemberRow; open: boolean; onClose: () => void };

export function TransferDialog({ member, open, onClose }: Props) {
  const { slug, name: tenant } = useMember();
  const toast = useToast();
  const { transfer } = useMemberDeeds();
  const { name, userId } = member;
  const submit = () =>
    tellWhenDone(transfer.mutateAsync({ tenant: slug, userId }), () => {
      onClose();
      toast({ text: `${name} is the owner now, and you are an admin.` });
    });
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title="Hand over the ownership?"
      description={`${name} becomes an owner of ${tenant}, and you become an admin. Only ${name}, or another owner, can give it back to you.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" busy={transfer.isPending} onClick={submit}>
            Hand over
          </Button>
        </>
      }
    >
      {transfer.isError && <Notice tone="danger">{wordsOf(transfer.error)}</Notice>}
    </Dialog>
  );
}
