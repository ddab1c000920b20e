'use client';
import { ArrowRightLeft, EllipsisVertical, LogOut, UserMinus, UserPen } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { aRole, givenBy, type MemberRow, type Role, useMemberDeeds } from './members.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { TransferDialog } from './transfer-dialog.tsx';

type Props = { member: MemberRow; onlyOwner: boolean };

/** What can be done with a member, by who looks at them. */
export function MemberMenu({ member, onlyOwner }: Props) {
  const { may, role: own } = useMember();
  const [open, setOpen] = useState<'remove' | 'transfer' | 'leave' | null>(null);
  const changeRole = useChangeRole(member);
  const close = () => setOpen(null);
  const touchable = (own === 'owner' || member.role !== 'owner') && !onlyOwner;
  const roles = touchable && may.includes('members.change-role') ? givenBy(own) : [];
  const others = roles.filter((role) => role !== member.role);
  const mayTransfer = may.includes('tenant.transfer') && !member.you;
  const mayRemove = touchable && may.includes('members.remove') && !member.you;
  if (others.length === 0 && !mayTransfer && !mayRemove && !member.you) return null;
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={`Actions for ${member.name}`} icon={EllipsisVertical} className="ms-auto" />
        }
      >
        {others.map((role) => (
          <MenuItem key={role} icon={UserPen} onClick={() => changeRole(role)}>
            Make {aRole(role)}
          </MenuItem>
        ))}
        {mayTransfer && (
          <MenuItem icon={ArrowRightLeft} onClick={() => setOpen('transfer')}>
            Hand over the ownership…
          </MenuItem>
        )}
        {others.length > 0 && (mayRemove || member.you) && <MenuSeparator />}
        {mayRemove && (
          <MenuItem icon={UserMinus} onClick={() => setOpen('remove')}>
            Remove…
          </MenuItem>
        )}
        {member.you && (
          <MenuItem icon={LogOut} onClick={() => setOpen('leave')}>
            Leave…
          </MenuItem>
        )}
      </Menu>
      <RemoveDialog member={member} open={open === 'remove'} onClose={close} />
      <TransferDialog member={member} open={open === 'transfer'} onClose={close} />
      <LeaveDialog member={member} onlyOwner={onlyOwner} open={open === 'leave'} onClose={close} />
    </>
  );
}

/** At once, with the way back; a refusal is told in the same place. */
function useChangeRole({ userId, name, role: before, you }: MemberRow) {
  const { slug } = useMember();
  const toast = useToast();
  const { changeRole } = useMemberDeeds();
  const change = (role: Role, undo?: Role) =>
    changeRole.mutate(
      { tenant: slug, userId, role },
      {
        onSuccess: () =>
          toast({
            text: `${you ? 'You are' : `${name} is`} ${aRole(role)} now.`,
            ...(undo && !you && { action: { label: 'Undo', run: () => change(undo) } }),
          }),
        onError: (error) => toast({ text: wordsOf(error) }),
      },
    );
  return (role: Role) => change(role, before);
}
