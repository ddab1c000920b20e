'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useMember } from '#components/trpc/provider.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { Time } from '#components/ui/time.tsx';
import { listTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { Card } from './card.tsx';
import type { LeadView } from './leads.ts';

/** What was said with them, by channel. */
export function LeadConversations({ lead }: { lead: LeadView }) {
  const { slug, timeZone } = useMember();
  const now = useNow(60_000);
  return (
    <Card title="Conversations">
      {lead.conversations.length === 0 ? (
        <p className="text-sm text-muted">None yet. One starts when they write to one of your numbers.</p>
      ) : (
        <ul className="divide-y divide-line">
          {lead.conversations.map(({ id, channel, open, holder, holderName, lastAt }) => (
            <li key={id} className="flex min-h-11 items-center gap-3 text-sm">
              <Link
                href={`/t/${slug}/inbox/${id}` as Route}
                className="min-w-0 flex-1 truncate font-medium text-accent-text hover:underline"
              >
                <bdi>{channel}</bdi>
              </Link>
              <span className="text-muted">
                {holder === 'bot'
                  ? 'Bot'
                  : holder === 'member'
                    ? (holderName ?? 'A former member')
                    : 'Nobody'}
              </span>
              {!open && <Tag>Closed</Tag>}
              <Time
                at={lastAt}
                timeZone={timeZone}
                words={listTime(new Date(lastAt), now, timeZone)}
                className="num text-muted"
              />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
