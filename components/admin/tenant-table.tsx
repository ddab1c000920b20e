'use client';
import type { inferRouterOutputs } from '@trpc/server';
import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import type { AppRouter } from '#components/trpc/types.ts';
import { cx } from '#components/ui/cx.ts';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { Time } from '#components/ui/time.tsx';
import { listTime, tableDate } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { countOf, timeZone } from './figures.tsx';
import type { Order } from './queries.ts';
import { StateTag } from './state-tag.tsx';

export type TenantRow = inferRouterOutputs<AppRouter>['admin']['tenants']['tenants'][number];

type Props = { tenants: readonly TenantRow[]; order: Order; onOrder: (order: Order) => void };

/** On phones what is looked up seldom goes under the name. */
export function TenantTable({ tenants, order, onOrder }: Props) {
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="h-9 border-b border-line text-xs text-muted">
          <Head
            label="Tenant"
            way={order === 'name' ? 'ascending' : undefined}
            className={cx(cell, 'ps-5 max-[899px]:ps-4')}
            onSort={() => onOrder('name')}
          />
          <Plain className={cx(cell, wideOnly)}>Owner</Plain>
          <Plain className={cx(cell, wideOnly)}>Tier</Plain>
          <Plain className={cx(cell, wideOnly)}>State</Plain>
          <Plain className={cx(figure, wideOnly)}>Members</Plain>
          <Plain className={cx(figure, wideOnly)}>Channels</Plain>
          <Plain className={cx(figure, wideOnly)}>Messages today</Plain>
          <Plain className={cx(figure, 'max-[899px]:pe-4')}>30 days</Plain>
          <Plain className={cx(figure, wideOnly)}>Last message</Plain>
          <Head
            label="Created"
            way={order === 'newest' ? 'descending' : undefined}
            className={cx(figure, wideOnly, 'pe-5')}
            onSort={() => onOrder('newest')}
          />
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

const cell = 'px-3 text-start';
const figure = 'num px-3 text-end';
const wideOnly = 'max-[899px]:hidden';

const Plain = ({ className, children }: { className: string; children: string }) => (
  <th scope="col" className={cx(className, 'font-medium')}>
    {children}
  </th>
);

type HeadProps = {
  label: string;
  way: 'ascending' | 'descending' | undefined;
  className: string;
  onSort: () => void;
};

function Head({ label, way, className, onSort }: HeadProps) {
  const Arrow = way === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th scope="col" aria-sort={way} className={className}>
      <button
        type="button"
        onClick={onSort}
        className={cx(
          'inline-flex h-9 items-center gap-1 font-medium hover:text-strong max-[899px]:h-11',
          way && 'text-strong',
        )}
      >
        {label}
        {way && <Arrow aria-hidden="true" strokeWidth={1.75} className="size-3" />}
      </button>
    </th>
  );
}

function Row({ tenant }: { tenant: TenantRow }) {
  const { name, slug, owner, tier, state, members, channels } = tenant;
  const { today, last30Days, lastMessageAt, createdAt } = tenant;
  const now = useNow(60_000);
  return (
    <tr className="relative h-14 hover:bg-surface-2">
      <th scope="row" className={cx(cell, 'py-2 ps-5 font-medium text-strong max-[899px]:ps-4')}>
        <Link
          href={`/admin/tenants/${slug}`}
          className="-outline-offset-2 after:absolute after:inset-0 hover:underline"
        >
          <bdi className="wrap-anywhere">{name}</bdi>
        </Link>
        <span className="block text-xs font-normal wrap-anywhere text-muted">
          {slug}
          <span className="num min-[900px]:hidden">
            {' '}
            · {tier ?? 'No tier'} · {countOf(members, 'member')} · {countOf(channels, 'channel')}
          </span>
        </span>
        {state !== 'active' && (
          <span className="mt-1 block min-[900px]:hidden">
            <StateTag state={state} />
          </span>
        )}
      </th>
      <td className={cx(cell, wideOnly, 'wrap-anywhere')}>
        {owner ?? <span className="text-muted">None</span>}
      </td>
      <td className={cx(cell, wideOnly, 'wrap-anywhere')}>
        {tier ?? <span className="text-muted">None</span>}
      </td>
      <td className={cx(cell, wideOnly)}>
        <StateTag state={state} />
      </td>
      <td className={cx(figure, wideOnly)}>{members.toLocaleString('en')}</td>
      <td className={cx(figure, wideOnly)}>{channels.toLocaleString('en')}</td>
      <td className={cx(figure, wideOnly)}>{today.toLocaleString('en')}</td>
      <td className={cx(figure, 'max-[899px]:pe-4')}>{last30Days.toLocaleString('en')}</td>
      <td className={cx(figure, wideOnly)}>
        {lastMessageAt ? (
          <Time
            at={lastMessageAt}
            timeZone={timeZone}
            words={listTime(new Date(lastMessageAt), now, timeZone)}
          />
        ) : (
          <span className="text-muted">None yet</span>
        )}
      </td>
      <td className={cx(figure, wideOnly, 'pe-5')}>
        <Time at={createdAt} timeZone={timeZone} words={tableDate(new Date(createdAt), timeZone)} />
      </td>
    </tr>
  );
}

export function TenantTableSkeleton() {
  return (
    <Loading label="Loading tenants" className="divide-y divide-line">
      {[0, 1, 2, 3, 4].map((row) => (
        <div
          key={row}
          className={`flex items-center gap-6 px-5 max-[899px]:px-4 ${row === 0 ? 'h-9 max-[899px]:h-11' : 'h-14'}`}
        >
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-4 w-16" />
          <Skeleton className="ms-auto h-4 w-12" />
        </div>
      ))}
    </Loading>
  );
}
