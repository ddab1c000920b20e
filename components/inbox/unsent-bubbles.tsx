'use client';
import type { ReactNode } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView, ThreadItem } from '#components/trpc/types.ts';
import { draftKey, readDraft, writeDraft } from '#components/ui/drafts.ts';
import { Time } from '#components/ui/time.tsx';
import { clockTime } from '#components/ui/time-words.ts';
import { useToast } from '#components/ui/toast.tsx';
import { dropUnsent, keepUnsent, type Unsent, unsentKey } from '#components/ui/unsent.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { composerId } from './composer-id.ts';
import { linkLook } from './link-look.ts';
import { mayWrite } from './message-window.ts';
import { StatusTick } from './status-tick.tsx';
import { useSend } from './use-send.ts';
import { useUnsentMessages } from './use-unsent-messages.ts';

/** Below all that was said: what this member sent and Parley did not take. It stays until they decide. */
export function UnsentBubbles({ view, known }: { view: ConversationView; known: readonly ThreadItem[] }) {
  const { slug, user } = useMember();
  const draft = draftKey(slug, user.id, view.id);
  const key = unsentKey(draft);
  const unsent = useUnsentMessages(key, known);
  const { again } = useSend(view);
  const toast = useToast();
  const writable = mayWrite(view, useNow());

  function edit({ id, text }: Unsent) {
    const typed = readDraft(draft);
    writeDraft(draft, typed ? `${text}\n${typed}` : text);
    dropUnsent(key, [id]);
    document.getElementById(composerId)?.focus();
  }
  function discard(one: Unsent) {
    dropUnsent(key, [one.id]);
    toast({ text: 'Discarded', action: { label: 'Undo', run: () => keepUnsent(key, one) } });
  }

  return unsent.map((one) => (
    <UnsentBubble key={one.id} {...one}>
      {writable && (
        <>
          <button type="button" onClick={() => again(one)} className={linkLook}>
            Send again
          </button>
          <button type="button" onClick={() => edit(one)} className={linkLook}>
            Edit
          </button>
        </>
      )}
      <button type="button" onClick={() => discard(one)} className={linkLook}>
        Discard
      </button>
    </UnsentBubble>
  ));
}

function UnsentBubble({ text, at, problem, children }: Unsent & { children: ReactNode }) {
  const { timeZone } = useMember();
  const date = new Date(at);
  const time = clockTime(date, timeZone);
  return (
    <article data-line aria-label={`You, ${time}, not sent`} className="mt-3 flex flex-col items-end">
      <div
        dir="auto"
        className="flow-root max-w-[78%] rounded-md border border-danger bg-surface-1 px-3 py-2 whitespace-pre-wrap wrap-anywhere text-strong"
      >
        {text}
        <span className="num float-end ms-3 mt-1 inline-flex h-4 items-center gap-1 text-xs text-muted">
          <Time at={date.toISOString()} timeZone={timeZone} words={time} />
          <StatusTick status="failed" title="Failed: not handed to Parley" />
        </span>
      </div>
      <div className="mt-1 flex max-w-[78%] flex-col items-end text-end text-xs">
        <p role="alert" className="text-danger">
          Not sent. {problem}
        </p>
        <div className="mt-1 flex flex-wrap justify-end gap-x-3 font-medium">{children}</div>
      </div>
    </article>
  );
}
