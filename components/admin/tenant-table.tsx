'use client';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#components/trpc/types.ts';
import { cx } from '#components/ui/cx.ts';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { Tag, type TagTone } from '#components/ui/tag.tsx';
import { Time } from '#components/ui/time.tsx';
import { listTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';

export type TenantRow = inferRouterOutputs<AppRouter>['admin']['tenants'][number];

/** The server stops counting conversations here. */
const countedTo = 10_000;
/** A superadmin belongs to no tenant, so to no time zone of one. */
const timeZone = 'UTC';

/** On phones what is looked up seldom goes under the name. */
export function TenantTable({ tenants }: { tenants: readonly TenantRow[] }) {
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="h-9 border-b border-line text-xs text-muted">
          <th scope="col" className={cx(cell, 'ps-5 font-medium max-[899px]:ps-4')}>
            Tenant
          </th>
          <th scope="col" className={cx(cell, wideOnly, 'font-medium')}>
            Slug
          </th>
          <th scope="col" className={cx(cell, wideOnly, 'font-medium')}>
            State
          </th>
          <th scope="col" className={cx(figure, wideOnly, 'font-medium')}>
            Members
          </th>
          <th scope="col" className={cx(figure, wideOnly, 'font-medium')}>
            Channels
          </th>
          <th scope="col" className={cx(figure, 'font-medium max-[899px]:pe-4')}>
            Conversations
          </th>
          <th scope="col" className={cx(figure, wideOnly, 'pe-5 font-medium')}>
            Created
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {tenants.map((tenant) => (
          <Row key={tenant.id} tenant={tenant} />
        ))}
      </tbody>
    </table>
  );
}

const cell = 'px-3 py-2 text-start';
const figure = 'num px-3 py-2 text-end';
const wideOnly = 'max-[899px]:hidden';

function Row({ tenant }: { tenant: TenantRow }) {
  const { name, slug, state, members, channels, conversations, createdAt } = tenant;
  const now = useNow(60_000);
  return (
    <tr className="h-11 max-[899px]:h-14">
      <th scope="row" className={cx(cell, 'ps-5 font-medium text-strong max-[899px]:ps-4')}>
        <span dir="auto" className="wrap-anywhere">
          {name}
        </span>
        <span className="num block text-xs font-normal wrap-anywhere text-muted min-[900px]:hidden">
          {slug} · {count(members, 'member')} · {count(channels, 'channel')}
        </span>
        {state !== 'active' && (
          <span className="mt-1 block min-[900px]:hidden">
            <State state={state} />
          </span>
        )}
      </th>
      <td className={cx(cell, wideOnly, 'wrap-anywhere')}>{slug}</td>
      <td className={cx(cell, wideOnly)}>
        <State state={state} />
      </td>
      <td className={cx(figure, wideOnly)}>{members.toLocaleString('en')}</td>
      <td className={cx(figure, wideOnly)}>{channels.toLocaleString('en')}</td>
      <td className={cx(figure, 'max-[899px]:pe-4')}>
        {conversations.toLocaleString('en')}
        {conversations >= countedTo && ' or more'}
      </td>
      <td className={cx(figure, wideOnly, 'pe-5')}>
        <Time at={createdAt} timeZone={timeZone} words={listTime(new Date(createdAt), now, timeZone)} />
      </td>
    </tr>
  );
}

const tones: Record<string, TagTone> = { suspended: 'danger' };

function State({ state }: { state: string }) {
  return <Tag tone={tones[state] ?? 'neutral'}>{state.slice(0, 1).toUpperCase() + state.slice(1)}</Tag>;
}

function count(number: number, unit: string): string {
  return `${number.toLocaleString('en')}\u00a0${unit}${number === 1 ? '' : 's'}`;
}

export function TenantTableSkeleton() {
  return (
    <Loading label="Loading tenants" className="divide-y divide-line">
      {[0, 1, 2, 3, 4].map((row) => (
        <div
          key={row}
          className={`flex items-center gap-6 px-5 max-[899px]:px-4 ${row === 0 ? 'h-9' : 'h-11 max-[899px]:h-14'}`}
        >
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-4 w-16" />
          <Skeleton className="ms-auto h-4 w-12" />
        </div>
      ))}
    </Loading>
  );
}
