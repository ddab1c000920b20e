'use client';
import type { UseQueryResult } from '@tanstack/react-query';
import { MailPlus, Send, X } from 'lucide-react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { Time } from '#components/ui/time.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import { useToast } from '#components/ui/toast.tsx';
import { useNow } from '#components/ui/use-now.tsx';
import { givenBy, type InvitationRow, roleNames, tellWhenDone, useMemberDeeds } from './members.ts';

type Query = Pick<
  UseQueryResult<InvitationRow[], unknown>,
  'data' | 'isError' | 'error' | 'refetch' | 'isFetching'
>;

/** Who was asked to join, and has not yet. */
export function InvitationList({ query }: { query: Query }) {
  const { data, isError, error, refetch, isFetching } = query;
  return (
    <section aria-labelledby="invitations" className="mt-8">
      <h2 id="invitations" className="text-lg font-semibold text-strong">
        Invitations
      </h2>
      <div className="mt-3 rounded-md border border-line bg-surface-1">
        {isError && !data ? (
          <ErrorState
            title="The invitations could not be loaded"
            message={wordsOf(error)}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : !data ? (
          <Loading label="Loading invitations" className="flex h-14 items-center px-5 max-[899px]:px-4">
            <Skeleton className="h-4 w-48" />
          </Loading>
        ) : data.length === 0 ? (
          <EmptyState icon={MailPlus} title="Nobody is invited">
            An invitation waits here until it is accepted, withdrawn or replaced.
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {data.map((invitation) => (
              <Row key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Row({ invitation }: { invitation: InvitationRow }) {
  const { slug, timeZone, role: own } = useMember();
  const now = useNow(60_000);
  const toast = useToast();
  const { sendAgain, withdraw } = useMemberDeeds();
  const { id, email, role, inviter, expiresAt } = invitation;
  const isExpired = new Date(expiresAt) <= now;
  const input = { tenant: slug, invitationId: id };
  const failed = sendAgain.error ?? withdraw.error;
  return (
    <li aria-label={email} className="px-5 py-3 max-[899px]:px-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-48">
          <p className="text-sm font-medium wrap-anywhere text-strong">{email}</p>
          <p className="num text-xs text-muted">
            {roleNames[role]}, invited by <bdi>{inviter}</bdi>
            {!isExpired && (
              <>
                {' '}
                · until{' '}
                <Time at={expiresAt} timeZone={timeZone} words={tableDate(new Date(expiresAt), timeZone)} />
              </>
            )}
          </p>
        </div>
        {isExpired && <Tag tone="warning">Expired</Tag>}
        {givenBy(own).includes(role) && (
          <div className="flex gap-2">
            <Button
              size="small"
              icon={Send}
              busy={sendAgain.isPending}
              aria-label={`Send again to ${email}`}
              onClick={() =>
                sendAgain.mutate(input, {
                  onSuccess: () => toast({ text: `A new letter to ${email} is on its way.` }),
                })
              }
            >
              Send again
            </Button>
            <Button
              size="small"
              icon={X}
              busy={withdraw.isPending}
              aria-label={`Withdraw the invitation of ${email}`}
              onClick={() =>
                tellWhenDone(withdraw.mutateAsync(input), () =>
                  toast({ text: `The invitation of ${email} is withdrawn.` }),
                )
              }
            >
              Withdraw
            </Button>
          </div>
        )}
      </div>
      {failed && (
        <Notice tone="danger" className="mt-2">
          {wordsOf(failed)}
        </Notice>
      )}
    </li>
  );
}
