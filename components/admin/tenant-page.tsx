'use client';
import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useAdmin } from '#components/trpc/admin.tsx';
import { wordsOf } from '#components/trpc/errors.ts';
import type { AppRouter } from '#components/trpc/types.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { Time } from '#components/ui/time.tsx';
import { tableDate, zonedTime } from '#components/ui/time-words.ts';
import { Counted, timeZone } from './figures.tsx';
import { tenantQuery } from './queries.ts';
import { StateTag } from './state-tag.tsx';
import { TenantActs } from './tenant-acts.tsx';
import { TenantQuotas } from './tenant-quotas.tsx';
import { actWords } from './words.ts';

export type TenantView = inferRouterOutputs<AppRouter>['admin']['tenant'];

/** One tenant: who is in it, its numbers, what it does, what was done to it, and what can be done. */
export function TenantPage({ slug }: { slug: string }) {
  const query = useQuery({ ...tenantQuery(useAdmin(), slug), refetchInterval: 30_000 });
  const { data, isError, error, refetch, isFetching } = query;
  return (
    <>
      <Link
        href="/admin/tenants"
        className="inline-flex min-h-8 items-center gap-1.5 text-sm text-muted hover:text-strong max-[899px]:min-h-11"
      >
        <ArrowLeft aria-hidden="true" strokeWidth={1.75} className="size-4 rtl:-scale-x-100" />
        All tenants
      </Link>
      {data ? (
        <View tenant={data} />
      ) : (
        <>
          <h1 className="mt-2 text-xl font-semibold text-strong">{slug}</h1>
          {isError ? (
            <ErrorState
              title="This tenant could not be loaded"
              message={wordsOf(error)}
              onRetry={() => void refetch()}
              retrying={isFetching}
            />
          ) : (
            <Loading label="Loading the tenant" className="mt-4 space-y-3">
              <Skeleton className="h-4 w-60" />
              <Skeleton className="h-24 w-full" />
            </Loading>
          )}
        </>
      )}
    </>
  );
}

function View({ tenant }: { tenant: TenantView }) {
  const { name, slug, state, createdAt, spending, holdings, members, channels } = tenant;
  return (
    <>
      <header className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-xl font-semibold wrap-anywhere text-strong">
          <bdi>{name}</bdi>
        </h1>
        <StateTag state={state} />
        <p className="flex-1 text-sm text-muted">
          {slug} · since <Day at={createdAt} />
        </p>
        <TenantActs tenant={tenant} />
      </header>
      <StandingNotice tenant={tenant} />
      <dl className="mt-4 grid grid-cols-4 rounded-md border border-line bg-surface-1 max-[899px]:grid-cols-2">
        <Figure label="Messages today">
          {(spending.today.inbound + spending.today.outbound).toLocaleString('en')}
        </Figure>
        <Figure label="Messages, 30 days">{spending.last30Days.toLocaleString('en')}</Figure>
        <Figure label="Conversations">
          <Counted count={holdings.conversations} />
        </Figure>
        <Figure label="Leads">
          <Counted count={holdings.leads} />
        </Figure>
      </dl>
      <TenantQuotas tenant={tenant} />
      <List title="Members" empty="Nobody is in it yet.">
        {members.map(({ name: member, email, role }) => (
          <Item key={email} main={member} detail={email}>
            <Tag>{role.slice(0, 1).toUpperCase() + role.slice(1)}</Tag>
          </Item>
        ))}
      </List>
      {tenant.invited.length > 0 && (
        <p className="mt-2 text-sm text-muted">
          Invited as owner: <span className="wrap-anywhere">{tenant.invited.join(', ')}</span>
        </p>
      )}
      <List title="Channels" empty="It has no number yet.">
        {channels.map((channel) => (
          <Item
            key={channel.id}
            main={channel.name}
            detail={`+${channel.displayPhoneNumber} · ${channel.phoneNumberId}`}
          >
            <Tag>{channel.botOn ? 'Bot on' : 'Bot off'}</Tag>
          </Item>
        ))}
      </List>
      <List title="What was done" empty="Nothing yet.">
        {tenant.acts.map(({ id, at, actorName, action, reason, quota }) => (
          <Item
            key={id}
            main={actWords(action)}
            detail={[actorName, quota, reason].filter((words) => words !== null).join(' · ')}
          >
            <Time
              at={at}
              timeZone={timeZone}
              words={zonedTime(new Date(at), timeZone)}
              className="num text-xs text-muted"
            />
          </Item>
        ))}
      </List>
      <p className="mt-2 px-5 text-xs text-muted max-[899px]:px-4">
        Times are in UTC. That you look at this page is written into the tenant’s audit log.
      </p>
    </>
  );
}

function StandingNotice({ tenant: { standing, state, reference } }: { tenant: TenantView }) {
  if (state === 'erasing')
    return (
      <Notice tone="neutral" className="mt-4">
        Its rows are being taken away. What stays is one line in the audit log, under the reference{' '}
        {reference}.
      </Notice>
    );
  if (standing.state === 'active') return null;
  return (
    <Notice tone="neutral" className="mt-4">
      {standing.state === 'deleting' && standing.deleteAfter ? (
        <>
          To be erased after <Day at={standing.deleteAfter} />. Until then it can be restored.
        </>
      ) : (
        <>Messages come in and are kept; bot and sending are stopped.</>
      )}{' '}
      {standing.reason && <>Its members read: “{standing.reason}”.</>}
    </Notice>
  );
}

const Day = ({ at }: { at: string }) => (
  <Time at={at} timeZone={timeZone} words={tableDate(new Date(at), timeZone)} />
);

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="px-5 py-4 max-[899px]:px-4 max-[899px]:py-3">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="num mt-1 text-lg font-semibold text-strong">{children}</dd>
    </div>
  );
}

function List({ title, empty, children }: { title: string; empty: string; children: ReactNode[] }) {
  return (
    <section className="mt-6">
      <h2 className="text-base font-semibold text-strong">{title}</h2>
      {children.length === 0 ? (
        <p className="mt-2 text-sm text-muted">{empty}</p>
      ) : (
        <ul className="mt-2 divide-y divide-line rounded-md border border-line bg-surface-1">{children}</ul>
      )}
    </section>
  );
}

function Item({ main, detail, children }: { main: string; detail: string; children: ReactNode }) {
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-5 py-2 max-[899px]:px-4">
      <span className="min-w-0 flex-1">
        <bdi className="block text-sm font-medium wrap-anywhere text-strong">{main}</bdi>
        <span className="block text-xs wrap-anywhere text-muted">{detail}</span>
      </span>
      {children}
    </li>
  );
}
