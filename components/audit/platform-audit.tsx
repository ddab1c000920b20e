'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useAdmin } from '#components/trpc/admin.tsx';
import { Entries } from './entries.tsx';
import { FilterBar } from './filter-bar.tsx';
import { useAuditFilter } from './use-audit-filter.ts';

const timeZone = 'UTC';

/** What was done to the installation and belongs to no tenant; a tenant's own log is its members'. */
export function PlatformAudit() {
  const [filter, onChange] = useAuditFilter();
  const { audit } = useAdmin();
  const { data: choices } = useQuery(audit.choices.queryOptions());
  const query = useInfiniteQuery(
    audit.list.infiniteQueryOptions(filter, {
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
      staleTime: 5_000,
    }),
  );
  return (
    <>
      <h1 className="text-xl font-semibold text-strong">Audit log</h1>
      <p className="mt-1 text-sm text-normal">
        What was done to this installation: tiers, runs, how capacity is sold, logins, erased tenants. What
        was done to a tenant stands on its page.
      </p>
      <FilterBar {...{ filter, onChange, choices, timeZone }} />
      <Entries
        {...{ query, filter, onChange, timeZone }}
        about="Whoever changes tiers, brings in runs or signs up is written down here."
      />
    </>
  );
}
