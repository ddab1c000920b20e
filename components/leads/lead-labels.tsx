'use client';
import { X } from 'lucide-react';
import { useMember } from '#components/trpc/provider.tsx';
import { Tag } from '#components/ui/tag.tsx';
import type { Choices, LeadView } from './leads.ts';
import type { useBulk } from './use-bulk.ts';

type Props = { lead: LeadView; choices: Choices; bulk: ReturnType<typeof useBulk> };

/** What they are labelled with, each with its end. */
export function LeadLabels({ lead, choices, bulk }: Props) {
  const { may } = useMember();
  const labels = choices.labels.filter(({ id }) => lead.labelIds.includes(id));
  if (labels.length === 0) return null;
  return (
    <ul aria-label="Labels" className="mt-1.5 flex flex-wrap gap-1.5">
      {labels.map(({ id, name }) => (
        <li key={id}>
          <Tag>
            <bdi>{name}</bdi>
            {may.includes('leads.edit') && (
              <button
                type="button"
                aria-label={`Take the label ${name} away`}
                onClick={() => bulk.change({ ids: [lead.id] }, { kind: 'unlabel', labelId: id }, () => {})}
                className="-me-1 grid size-6 place-items-center text-muted hover:text-strong"
              >
                <X aria-hidden="true" strokeWidth={1.75} className="size-3" />
              </button>
            )}
          </Tag>
        </li>
      ))}
    </ul>
  );
}
