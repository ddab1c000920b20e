'use client';
import { Bot, ShieldCheck, ShieldOff, ShieldQuestionMark } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { cx } from '#components/ui/cx.ts';
import { phoneWords } from '#components/ui/phone-words.ts';
import { Tag } from '#components/ui/tag.tsx';
import { Time } from '#components/ui/time.tsx';
import { listTime, tableDate } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { consentWords, holderWords, languageWords, noName, sourceWords, valueWords } from './lead-words.ts';
import type { Choices, LeadRow, Sort } from './leads.ts';
import type { Column } from './use-columns.ts';

type Props = {
  row: LeadRow;
  index: number;
  columns: readonly Column[];
  choices: Choices;
  sort: Sort;
  selected: boolean;
  onSelect: (on: boolean) => void;
};

/** One lead's row: 44 pixels, on phones 56 with the number below the name. */
export function LeadCells({ row, index, columns, choices, sort, selected, onSelect }: Props) {
  const { slug, timeZone } = useMember();
  const now = useNow(60_000);
  const { id, name, phone } = row;
  const at = sort === 'last' ? row.lastAt : row.createdAt;
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={cx(
        'h-11 border-b border-line max-[899px]:h-14',
        selected ? 'bg-accent-soft' : 'hover:bg-surface-2',
      )}
    >
      <td className="ps-6 pe-3 max-[899px]:ps-4">
        <Checkbox
          label={`Select ${name ?? (phone ? phoneWords(phone) : noName)}`}
          checked={selected}
          onChange={onSelect}
        />
      </td>
      <th scope="row" className="max-w-64 px-3 text-start font-medium">
        <Link
          href={`/t/${slug}/leads/${id}` as Route}
          className={cx(
            'inline-flex min-h-6 max-w-full items-center hover:underline',
            name === null ? 'text-muted' : 'text-strong',
          )}
        >
          <bdi className="truncate">{name ?? noName}</bdi>
        </Link>
        <span className="num hidden truncate text-xs font-normal text-muted max-[899px]:block">
          {phone && phoneWords(phone)}
        </span>
      </th>
      {columns.map((column) => (
        <td
          key={column}
          className="num max-w-56 truncate px-3 whitespace-nowrap text-normal max-[899px]:hidden"
        >
          <Cell column={column} row={row} choices={choices} timeZone={timeZone} />
        </td>
      ))}
      <td className="num ps-3 pe-6 text-end whitespace-nowrap text-normal max-[899px]:pe-4">
        {at === null ? (
          <span className="text-muted">Never</span>
        ) : (
          <Time at={at} timeZone={timeZone} words={listTime(new Date(at), now, timeZone)} />
        )}
      </td>
    </tr>
  );
}

type CellProps = { column: Column; row: LeadRow; choices: Choices; timeZone: string };

function Cell({ column, row, choices, timeZone }: CellProps): ReactNode {
  switch (column) {
    case 'phone':
      return row.phone && phoneWords(row.phone);
    case 'email':
      return row.email;
    case 'language':
      return languageWords(row.language);
    case 'source':
      return sourceWords[row.source];
    case 'added':
      return (
        <Time at={row.createdAt} timeZone={timeZone} words={tableDate(new Date(row.createdAt), timeZone)} />
      );
    case 'labels':
      return <Labels ids={row.labelIds} choices={choices} />;
    case 'consent':
      return <Consent row={row} />;
    case 'holder':
      return <Holder holder={row.holder} />;
    default:
      return <bdi>{valueWords(row.fields[column.slice('own:'.length)])}</bdi>;
  }
}

const mostLabels = 2;

function Labels({ ids, choices }: { ids: string[]; choices: Choices }) {
  const known = choices.labels.filter(({ id }) => ids.includes(id));
  const more = known.slice(mostLabels);
  return (
    <span className="flex gap-1">
      {known.slice(0, mostLabels).map(({ id, name }) => (
        <Tag key={id}>
          <span className="max-w-32 truncate">{name}</span>
        </Tag>
      ))}
      {more.length > 0 && (
        <span title={more.map(({ name }) => name).join(', ')} className="text-xs text-muted">
          +{more.length}
        </span>
      )}
    </span>
  );
}

const shields = {
  in: { icon: ShieldCheck, look: 'text-success' },
  unknown: { icon: ShieldQuestionMark, look: 'text-muted' },
  out: { icon: ShieldOff, look: 'text-warning' },
} as const;

function Consent({ row: { consent, blocked } }: { row: LeadRow }) {
  const { icon: Icon, look } = shields[consent];
  return (
    <span className="flex items-center gap-1.5">
      <Icon aria-hidden="true" strokeWidth={1.75} className={cx('size-4 shrink-0', look)} />
      {blocked ? 'Blocked' : consentWords[consent]}
    </span>
  );
}

function Holder({ holder }: { holder: LeadRow['holder'] }) {
  if (holder.kind === 'nobody') return <span className="text-muted">{holderWords(holder)}</span>;
  return (
    <span className="flex items-center gap-1.5">
      {holder.kind === 'bot' && (
        <Bot aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-muted" />
      )}
      {holderWords(holder)}
    </span>
  );
}
