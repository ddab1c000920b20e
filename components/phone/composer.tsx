'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { SendHorizontal } from 'lucide-react';
import type { FormEvent, KeyboardEvent } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { SampleMenu } from './sample-menu.tsx';
import { type Chat, chatQuery, type Writing, write } from './sim.ts';

type Props = { chat: Chat; draft: string; onDraft: (change: (before: string) => string) => void };

export function Composer({ chat, draft, onDraft }: Props) {
  const { name } = chat.person;
  const client = useQueryClient();
  const writing = useMutation({
    mutationFn: (words: Writing) => write(chat, words),
    // One's own words shall stand there also while no news come.
    onSuccess: () => client.invalidateQueries({ queryKey: chatQuery(chat).queryKey }),
    // What did not go comes back, unless there is something newer in its place.
    onError: (_error, words) => {
      const text = 'text' in words && typeof words.text === 'string' ? words.text : '';
      onDraft((before) => before || text);
    },
  });

  function send(event: FormEvent | KeyboardEvent) {
    event.preventDefault();
    const text = draft.trim();
    if (text === '') return;
    onDraft(() => '');
    writing.mutate({ text });
  }

  return (
    <div className="shrink-0 border-t border-line bg-surface-1">
      {writing.isError && (
        <p role="alert" className="px-4 pt-2 text-xs text-danger">
          Not sent: {writing.error.message}
        </p>
      )}
      <form onSubmit={send} className="flex min-h-14 items-end gap-1 px-3 pt-2 pb-3">
        <SampleMenu onChoose={writing.mutate} />
        <textarea
          rows={1}
          dir="auto"
          aria-label={`Write as ${name}`}
          placeholder={`Write as ${name.split(' ')[0]}`}
          value={draft}
          onChange={({ target }) => onDraft(() => target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
          }}
          className="field-sizing-content max-h-28 min-h-9 min-w-0 flex-1 resize-none rounded-[18px] bg-surface-2 px-4 py-2 text-base text-strong placeholder:text-muted max-[899px]:min-h-11 max-[899px]:rounded-[22px] max-[899px]:py-2.5 max-[899px]:text-lg"
        />
        <IconButton
          type="submit"
          label={`Send as ${name}`}
          icon={SendHorizontal}
          className="!text-accent-text min-[900px]:mb-0.5"
        />
      </form>
    </div>
  );
}
