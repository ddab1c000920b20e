'use client';
import type { inferRouterOutputs } from '@trpc/server';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { AppRouter } from '#components/trpc/types.ts';
import { cx } from '#components/ui/cx.ts';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { Tag, type TagTone } from '#components/ui/tag.tsx';
import { Time } from '#components/ui/time.tsx';
import { listTime, tableDate } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { nextOrder, type Order, type SortKey, sortTenants } from './sort-tenants.ts';

export type TenantRow = inferRouterOutputs<AppRouter>['admin']['tenants']['tenants'][number];

/** The server stops counting conversations here. */
const countedTo = 10_000;
/** A superadmin belongs to no tenant, so to no time zone of one. */
const timeZone = 'UTC';

/** On phones what is looked up seldom goes under the name. */
export function TenantTable({ tenants }: { tenants: readonly TenantRow[] }) {
  const [order, setOrder] = useState<Order>({ key: 'createdAt', way: 'descending' });
  const head = (key: SortKey, label: string, className: string) => (
    <Head
      label={label}
      way={order.key === key ? order.way : undefined}
      className={className}
      onSort={() => setOrder(nextOrder(order, key))}
    />
  );
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="h-9 border-b border-line text-xs text-muted">
          {head('name', 'Tenant', cx(cell, 'ps-5 max-[899px]:ps-4'))}
          <th scope="col" className={cx(cell, wideOnly, 'font-medium')}>
            Owner
          </th>
          {head('state', 'State', cx(cell, wideOnly))}
          {head('members', 'Members', cx(figure, wideOnly))}
          {head('channels', 'Channels', cx(figure, wideOnly))}
          {head('conversations', 'Conversations', cx(figure, 'max-[899px]:pe-4'))}
          {head('lastMessageAt', 'Last message', cx(figure, wideOnly))}
          {head('createdAt', 'Created', cx(figure, wideOnly, 'pe-5'))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {sortTenants(tenants, order).map((tenant) => (
          <Row key={tenant.id} tenant={tenant} />
        ))}
      </tbody>
    </table>
  );
}

const cell = 'px-3 text-start';
const figure = 'num px-3 text-end';
const wideOnly = 'max-[899px]:hidden';

type HeadProps = {
  label: string;
  way: Order['way'] | undefined;
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
  const { name, slug, owner, state, members, channels, conversations, lastMessageAt, createdAt } = tenant;
  const now = useNow(60_000);
  return (
    <tr className="h-14">
      <th scope="row" className={cx(cell, 'py-2 ps-5 font-medium text-strong max-[899px]:ps-4')}>
        <bdi className="wrap-anywhere">{name}</bdi>
        <span className="block text-xs font-normal wrap-anywhere text-muted">
          {slug}
          <span className="num min-[900px]:hidden">
            {' '}
            · {count(members, 'member')} · {count(channels, 'channel')}
          </span>
        </span>
        {state !== 'active' && (
          <span className="mt-1 block min-[900px]:hidden">
            <State state={state} />
          </span>
        )}
      </th>
      <td className={cx(cell, wideOnly, 'wrap-anywhere')}>
        {owner ?? <span className="text-muted">None</span>}
      </td>
      <td className={cx(cell, wideOnly)}>
        <State state={state} />
      </td>
      <td className={cx(figure, wideOnly)}>{members.toLocaleString('en')}</td>
      <td className={cx(figure, wideOnly)}>{channels.toLocaleString('en')}</td>
      <td className={cx(figure, 'max-[899px]:pe-4')}>
        {conversations >= countedTo ? (
          <span title="Counted up to here">{countedTo.toLocaleString('en')}+</span>
        ) : (
          conversations.toLocaleString('en')
        )}
      </td>
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
