'use client';
import { useMember } from '#components/trpc/provider.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { Time } from '#components/ui/time.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import { MemberMenu } from './member-menu.tsx';
import { type MemberRow, roleNames } from './members.ts';

/** On phones what is looked up seldom goes under the name. */
export function MemberList({ members }: { members: readonly MemberRow[] }) {
  const owners = members.filter(({ role }) => role === 'owner').length;
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="h-9 border-b border-line text-start text-xs text-muted">
          <th scope="col" className="px-5 text-start font-medium max-[899px]:px-4">
            Member
          </th>
          <th scope="col" className="px-3 text-start font-medium">
            Role
          </th>
          <th scope="col" className="px-3 text-end font-medium max-[899px]:hidden">
            Answering
          </th>
          <th scope="col" className="px-3 text-end font-medium max-[899px]:hidden">
            Joined
          </th>
          <th scope="col" className="w-12 pe-3">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {members.map((member) => (
          <Row key={member.userId} member={member} onlyOwner={member.role === 'owner' && owners === 1} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ member, onlyOwner }: { member: MemberRow; onlyOwner: boolean }) {
  const { timeZone } = useMember();
  const { name, email, role, holds, joinedAt, you } = member;
  return (
    <tr className="h-14">
      <th scope="row" className="px-5 py-2 text-start font-medium text-strong max-[899px]:px-4">
        <span className="flex items-center gap-3">
          <Avatar name={name} size={8} />
          <span className="min-w-0">
            <bdi className="wrap-anywhere">{name}</bdi>
            {you && <span className="font-normal text-muted"> (you)</span>}
            <span className="block text-xs font-normal wrap-anywhere text-muted">{email}</span>
          </span>
        </span>
      </th>
      <td className="px-3">
        <Tag tone={role === 'owner' ? 'accent' : 'neutral'}>{roleNames[role]}</Tag>
      </td>
      <td className="num px-3 text-end max-[899px]:hidden">
        {holds > 0 ? holds.toLocaleString('en') : <span className="text-muted">None</span>}
      </td>
      <td className="num px-3 text-end max-[899px]:hidden">
        <Time at={joinedAt} timeZone={timeZone} words={tableDate(new Date(joinedAt), timeZone)} />
      </td>
      <td className="pe-3 text-end">
        <MemberMenu member={member} onlyOwner={onlyOwner} />
      </td>
    </tr>
  );
}

export function MemberListSkeleton() {
  return (
    <Loading label="Loading members" className="divide-y divide-line">
      <div className="h-9" />
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex h-14 items-center gap-3 px-5 max-[899px]:px-4">
          <Skeleton className="size-8 rounded-full" />
          <Skeleton className="h-4 w-40" />
          <Skeleton className="ms-auto h-4 w-16" />
        </div>
      ))}
    </Loading>
  );
}
