'use client';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, RotateCcw, Tag, Trash2, UserPlus } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Menu, MenuGroup, MenuItem } from '#components/ui/menu.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { phoneWords } from '#components/ui/phone-words.ts';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { Time } from '#components/ui/time.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import { LabelMenu } from './label-menu.tsx';
import { LeadConsent } from './lead-consent.tsx';
import { LeadConversations } from './lead-conversations.tsx';
import { LeadFacts } from './lead-facts.tsx';
import { LeadLabels } from './lead-labels.tsx';
import { LeadMerges } from './lead-merges.tsx';
import { LeadNotes } from './lead-notes.tsx';
import { LeadTimeline } from './lead-timeline.tsx';
import { noName } from './lead-words.ts';
import { type Choices, type LeadView, useFreshLeads, useLeadDeeds } from './leads.ts';
import { useBulk } from './use-bulk.ts';

/** One lead: what is known, what they agreed to, what was said and noted, and everything that happened. */
export function LeadPage({ id }: { id: string }) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const lead = useQuery(trpc.people.get.queryOptions({ tenant: slug, id }));
  const choices = useQuery(trpc.people.choices.queryOptions({ tenant: slug }));
  useFreshLeads();
  return (
    <div className="min-w-0 flex-1 overflow-y-auto bg-surface-0">
      <div className="mx-auto max-w-5xl px-8 py-8 max-[899px]:px-4 max-[899px]:py-5">
        <Link
          href={`/t/${slug}/leads` as Route}
          className="inline-flex min-h-8 items-center gap-1 text-sm text-accent-text hover:underline max-[899px]:min-h-11"
        >
          <ArrowLeft aria-hidden="true" strokeWidth={1.75} className="size-4" />
          Leads
        </Link>
        {lead.data && choices.data ? (
          <Parts lead={lead.data} choices={choices.data} />
        ) : lead.isError ? (
          <ErrorState
            title="The lead could not be loaded"
            message={wordsOf(lead.error)}
            onRetry={() => void lead.refetch()}
            retrying={lead.isFetching}
          />
        ) : (
          <Loading label="Loading the lead">
            <Skeleton className="mt-3 h-6 w-56" />
            <Skeleton className="mt-6 h-64 w-full" />
          </Loading>
        )}
      </div>
    </div>
  );
}

function Parts({ lead, choices }: { lead: LeadView; choices: Choices }) {
  return (
    <>
      <Heading lead={lead} choices={choices} />
      <Standing lead={lead} />
      <div className="mt-5 grid gap-5 min-[1100px]:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-5">
          <LeadFacts lead={lead} choices={choices} />
          <LeadConversations lead={lead} />
          <LeadNotes lead={lead} />
        </div>
        <div className="min-w-0 space-y-5">
          <LeadConsent leadId={lead.id} />
          {lead.deletedAt === null && lead.mergedInto === null && <LeadMerges leadId={lead.id} />}
          <LeadTimeline id={lead.id} />
        </div>
      </div>
    </>
  );
}

function Heading({ lead, choices }: { lead: LeadView; choices: Choices }) {
  const { may } = useMember();
  const bulk = useBulk();
  const who = { ids: [lead.id] };
  const phone = lead.addresses.find(({ kind }) => kind === 'phone');
  const name = lead.name ?? lead.profileName ?? (lead.username && `@${lead.username}`);
  const isThere = lead.deletedAt === null && lead.mergedInto === null;
  return (
    <>
      <header className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1">
          <h1 className="text-xl font-semibold wrap-anywhere text-strong">
            <bdi>{name ?? (phone ? phoneWords(phone.raw) : noName)}</bdi>
          </h1>
          <LeadLabels lead={lead} choices={choices} bulk={bulk} />
        </div>
        {isThere && may.includes('leads.edit') && (
          <div className="flex flex-wrap gap-2">
            <LabelMenu
              labels={choices.labels.filter(({ id }) => !lead.labelIds.includes(id))}
              trigger={<Button icon={Tag}>Label</Button>}
              onAdd={(labelId) => bulk.change(who, { kind: 'label', labelId }, () => {})}
            />
            <Menu align="end" trigger={<Button icon={UserPlus}>{lead.assigneeName ?? 'Assign'}</Button>}>
              <MenuGroup label="With their open conversations, to">
                {choices.members.map(({ userId, name: member }) => (
                  <MenuItem
                    key={userId}
                    onClick={() => bulk.change(who, { kind: 'assign', userId }, () => {})}
                  >
                    {member}
                  </MenuItem>
                ))}
              </MenuGroup>
              <MenuItem onClick={() => bulk.change(who, { kind: 'assign', userId: null }, () => {})}>
                Nobody
              </MenuItem>
            </Menu>
            {may.includes('leads.delete') && (
              <Button look="danger" icon={Trash2} busy={bulk.busy} onClick={() => bulk.remove(who, () => {})}>
                Delete
              </Button>
            )}
          </div>
        )}
      </header>
      {bulk.error && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(bulk.error)}
        </Notice>
      )}
    </>
  );
}

/** Why they are in no list, where that is so. */
function Standing({ lead }: { lead: LeadView }) {
  const { slug, timeZone, may } = useMember();
  const { restore } = useLeadDeeds();
  if (lead.mergedInto !== null)
    return (
      <Notice tone="neutral" className="mt-4">
        They turned out to be somebody else, and were merged.{' '}
        <Link href={`/t/${slug}/leads/${lead.mergedInto}` as Route} className="text-accent-text underline">
          Open who they are
        </Link>
      </Notice>
    );
  if (lead.deletedAt === null) return null;
  return (
    <Notice tone="neutral" className="mt-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1">
          Deleted on{' '}
          <Time
            at={lead.deletedAt}
            timeZone={timeZone}
            words={tableDate(new Date(lead.deletedAt), timeZone)}
          />
          . Gone for good 30 days later. Whoever writes in before is back.
        </p>
        {may.includes('leads.delete') && (
          <Button
            size="small"
            icon={RotateCcw}
            busy={restore.isPending}
            onClick={() => restore.mutate({ tenant: slug, id: lead.id })}
          >
            Restore
          </Button>
        )}
      </div>
      {restore.isError && <p className="mt-1 text-danger">{wordsOf(restore.error)}</p>}
    </Notice>
  );
}
