'use client';
import { useQuery } from '@tanstack/react-query';
import { Check, Minus } from 'lucide-react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { type Role, roleNames } from './members.ts';

const columns: readonly Role[] = ['owner', 'admin', 'agent'];

/** What each role may do: the very table by which the server decides. */
export function RoleTable() {
  const { slug } = useMember();
  const trpc = useTRPC();
  const { data, isError, error, refetch, isFetching } = useQuery(
    trpc.members.roles.queryOptions({ tenant: slug }),
  );
  return (
    <section aria-labelledby="roles" className="mt-8">
      <h2 id="roles" className="text-lg font-semibold text-strong">
        What each role may do
      </h2>
      <div className="mt-3 rounded-md border border-line bg-surface-1">
        {data ? (
          <Table permissions={data} />
        ) : isError ? (
          <ErrorState
            title="The roles could not be loaded"
            message={wordsOf(error)}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : (
          <Loading label="Loading roles" className="space-y-4 p-5">
            <Skeleton className="h-4 w-64" />
            <Skeleton className="h-4 w-56" />
            <Skeleton className="h-4 w-60" />
          </Loading>
        )}
      </div>
    </section>
  );
}

type Permissions = readonly { permission: string; area: string; words: string; roles: readonly Role[] }[];

function Table({ permissions }: { permissions: Permissions }) {
  const areas = [...Map.groupBy(permissions, ({ area }) => area)];
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="h-9 border-b border-line text-xs text-muted">
          <th scope="col" className="px-5 text-start font-medium max-[899px]:px-4">
            May
          </th>
          {columns.map((role) => (
            <th
              key={role}
              scope="col"
              className="w-24 px-2 text-center font-medium max-[899px]:w-14 max-[899px]:px-1"
            >
              {roleNames[role]}
            </th>
          ))}
        </tr>
      </thead>
      {areas.map(([area, rows]) => (
        <tbody key={area} className="border-line not-last:border-b">
          <tr>
            <th
              scope="rowgroup"
              colSpan={1 + columns.length}
              className="px-5 pt-3 pb-1 text-start text-xs font-medium text-muted max-[899px]:px-4"
            >
              {area}
            </th>
          </tr>
          {rows.map(({ permission, words, roles }) => (
            <tr key={permission} className="h-9 last:h-11">
              <th scope="row" className="px-5 py-1.5 text-start font-normal text-strong max-[899px]:px-4">
                {words}
              </th>
              {columns.map((role) => (
                <Cell key={role} allowed={roles.includes(role)} />
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Cell({ allowed }: { allowed: boolean }) {
  const Icon = allowed ? Check : Minus;
  return (
    <td className="px-2 text-center">
      <Icon
        aria-hidden="true"
        strokeWidth={1.75}
        className={`mx-auto size-4 ${allowed ? 'text-accent-text' : 'text-muted'}`}
      />
      <span className="sr-only">{allowed ? 'Yes' : 'No'}</span>
    </td>
  );
}
