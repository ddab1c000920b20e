'use client';
import { BadgeCheck } from 'lucide-react';
import { useState } from 'react';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { ChatLog } from './chat-log.tsx';
import { Composer } from './composer.tsx';
import { displayNumber } from './phone-number.ts';
import type { BusinessNumber, Person } from './sim-shapes.ts';

type Props = { number: BusinessNumber | undefined; person: Person | undefined };

/** The phone itself: whom one writes to, what was said, and the line to write in. */
export function Handset({ number, person }: Props) {
  // Drafts outlive a look at another chat.
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const chat = number && person && { phoneNumberId: number.phoneNumberId, person };
  const key = `${number?.phoneNumberId} ${person?.address}`;
  return (
    <section
      aria-label={person ? `Phone of ${person.name}` : 'Phone'}
      className="flex h-full max-h-[760px] w-[372px] max-w-full flex-col overflow-hidden rounded-[36px] border-8 border-frame bg-surface-0 max-[899px]:max-h-none max-[899px]:w-full max-[899px]:max-w-[420px] max-[899px]:rounded-[28px] max-[899px]:border-4"
    >
      <div className="flex h-14 shrink-0 items-center gap-3 border-b border-line bg-surface-1 px-4">
        {number ? <Business number={number} /> : <Skeleton className="h-4 w-40" />}
      </div>
      {chat ? (
        <>
          <ChatLog key={key} chat={chat} business={number.verifiedName} />
          <Composer
            key={`${key} composer`}
            chat={chat}
            draft={drafts[key] ?? ''}
            onDraft={(change) => setDrafts((before) => ({ ...before, [key]: change(before[key] ?? '') }))}
          />
        </>
      ) : (
        <div className="min-h-0 flex-1" />
      )}
    </section>
  );
}

function Business({ number: { verifiedName, displayPhoneNumber } }: { number: BusinessNumber }) {
  return (
    <>
      <span
        aria-hidden="true"
        className="grid size-8 shrink-0 place-items-center rounded-full bg-accent text-sm font-semibold text-on-accent"
      >
        {verifiedName.slice(0, 1)}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-1 text-base font-semibold text-strong">
          <span dir="auto" className="truncate">
            {verifiedName}
          </span>
          <BadgeCheck aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-accent-text" />
        </p>
        <p className="num truncate text-xs text-muted">Business, {displayNumber(displayPhoneNumber)}</p>
      </div>
    </>
  );
}
