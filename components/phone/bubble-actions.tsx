'use client';
import { useMutation } from '@tanstack/react-query';
import { ExternalLink, List as ListIcon, type LucideIcon, MapPin, Reply } from 'lucide-react';
import { useState } from 'react';
import { ListSheet } from './list-sheet.tsx';
import { samples } from './samples.ts';
import { type Chat, type Writing, write } from './sim.ts';
import type { Bubble } from './sim-shapes.ts';

const line =
  'flex min-h-9 w-full items-center justify-center gap-1.5 px-3 py-1.5 text-center text-sm font-medium text-accent-text -outline-offset-2 hover:bg-surface-2 max-[899px]:min-h-11';

/** What can be tapped below the business's words. Each tap answers to that very message. */
export function BubbleActions({ chat, bubble }: { chat: Chat; bubble: Bubble }) {
  const { id: context, buttons, list, link, kind } = bubble;
  const [isListOpen, setListOpen] = useState(false);
  const { mutate, isError, error } = useMutation({ mutationFn: (writing: Writing) => write(chat, writing) });
  if (!buttons && !list && !link && kind !== 'location_request_message') return null;
  return (
    <div className="divide-y divide-line border-t border-line">
      {buttons?.map((reply) => (
        <Line key={reply.id} icon={Reply} onClick={() => mutate({ button_reply: reply, context })}>
          {reply.title}
        </Line>
      ))}
      {list && (
        <Line icon={ListIcon} onClick={() => setListOpen(true)}>
          {list.button}
        </Line>
      )}
      {list && isListOpen && (
        <ListSheet
          list={list}
          onClose={() => setListOpen(false)}
          onChoose={(row) => {
            mutate({ list_reply: row, context });
            setListOpen(false);
          }}
        />
      )}
      {link && (
        <a href={link.url} target="_blank" rel="noreferrer" className={line}>
          <ExternalLink aria-hidden="true" strokeWidth={1.75} className="size-3.5 shrink-0" />
          {link.text}
        </a>
      )}
      {kind === 'location_request_message' && (
        <Line icon={MapPin} onClick={() => mutate({ ...samples.place, context })}>
          Send location
        </Line>
      )}
      {isError && (
        <p role="alert" className="px-3 py-1.5 text-xs text-danger">
          Not sent: {error.message}
        </p>
      )}
    </div>
  );
}

function Line({
  icon: Icon,
  onClick,
  children,
}: {
  icon: LucideIcon;
  onClick: () => void;
  children: string;
}) {
  return (
    <button type="button" onClick={onClick} className={line}>
      <Icon aria-hidden="true" strokeWidth={1.75} className="size-3.5 shrink-0" />
      <span dir="auto">{children}</span>
    </button>
  );
}
