'use client';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#components/trpc/types.ts';
import { Time } from '#components/ui/time.tsx';
import { clockTime, tableDate } from '#components/ui/time-words.ts';
import { deedWords, detailWords } from './action-words.ts';

export type Row = inferRouterOutputs<AppRouter>['audit']['list']['rows'][number];

/** On phones where from goes under who. */
export function AuditList({ rows, timeZone }: { rows: readonly Row[]; timeZone: string }) {
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="h-9 border-b border-line text-xs text-muted">
          <th scope="col" className="w-40 px-5 text-start font-medium max-[899px]:w-24 max-[899px]:px-4">
            When
          </th>
          <th scope="col" className="px-3 text-start font-medium">
            Who did what
          </th>
          <th scope="col" className="w-56 px-5 text-start font-medium max-[899px]:hidden">
            From where
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {rows.map((row) => (
          <Entry key={row.id} {...{ row, timeZone }} />
        ))}
      </tbody>
    </table>
  );
}

function Entry({ row, timeZone }: { row: Row; timeZone: string }) {
  const { at, who, action, subject, details, address, device, deviceName } = row;
  const date = new Date(at);
  const more = detailWords(details);
  return (
    <tr className="align-top">
      <td className="num px-5 py-3 text-normal max-[899px]:px-4">
        <Time
          at={at}
          timeZone={timeZone}
          words={`${tableDate(date, timeZone)} ${clockTime(date, timeZone)}`}
        />
      </td>
      <td className="px-3 py-3 wrap-anywhere text-normal">
        <bdi className="font-medium text-strong">{who}</bdi> <bdi>{deedWords(action, subject)}</bdi>
        {more && <span className="block text-xs text-muted">{more}</span>}
        <span className="num block text-xs text-muted min-[900px]:hidden">{address}</span>
      </td>
      <td className="px-5 py-3 wrap-anywhere max-[899px]:hidden">
        <span className="num block text-normal">{address ?? 'This installation'}</span>
        {device && (
          <span title={device} className="line-clamp-1 text-xs text-muted">
            {deviceName}
          </span>
        )}
      </td>
    </tr>
  );
}
