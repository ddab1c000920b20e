'use client';
import { Hourglass, SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { flushSync } from 'react-dom';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView } from '#components/trpc/types.ts';
import { useActions } from '#components/ui/actions.tsx';
import { Button } from '#components/ui/button.tsx';
import { cx } from '#components/ui/cx.ts';
import { draftKey, emptySentDraft, readDraft, useDraft, writeDraft } from '#components/ui/drafts.ts';
import { nameWords } from '#components/ui/phone-words.ts';
import { timeLeft } from '#components/ui/time-words.ts';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { composerId } from './composer-id.ts';
import { ReopenButton, TakeOverButton } from './deed-button.tsx';
import { sendingWords } from './holder-words.ts';
import type { Deeds } from './use-deeds.ts';
import { useSend } from './use-send.ts';

/** WhatsApp takes no longer text. */
const longest = 4_096;
const nearEnd = 3_800;

type Props = {
  view: ConversationView;
  window: { closesAt: Date; left: number };
  deeds: Deeds;
};

/** Where one writes, whoever answers so far: sending makes it theirs who sends, and says so beforehand. */
export function Composer({ view, window, deeds }: Props) {
  const { slug, user, language } = useMember();
  const draft = draftKey(slug, user.id, view.id);
  const text = useDraft(draft);
  const hydrated = useHydrated();
  const { send } = useSend(view);
  const box = useRef<HTMLTextAreaElement>(null);
  const hintId = useId();
  /** Enter on “Take over”, pressed once more, must not send what was in the box. */
  const spareEnter = useRef(false);
  const yours = view.holder.kind === 'member' && view.holder.you;
  const { length } = text.trim();
  const tooLong = length > longest;
  useActions([{ label: 'Write a reply', keys: 'r', icon: SendHorizontal, run: () => box.current?.focus() }]);
  useEffect(() => {
    if (!deeds.tookOver) return;
    spareEnter.current = deeds.tookOver.byEnter;
    box.current?.focus();
  }, [deeds.tookOver]);

  function submit() {
    // Not what was drawn last: a key may have come since.
    const ready = readDraft(draft).trim();
    box.current?.focus();
    if (!ready || ready.length > longest) return;
    // At once: the next key would otherwise be added to what has been sent.
    flushSync(() => emptySentDraft(draft));
    send(ready);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Escape') return event.currentTarget.blur();
    // While an input method is composing, Enter chooses a character (Safari tells by the key code only).
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    if (!event.repeat && !spareEnter.current) submit();
    spareEnter.current = false;
  }

  return (
    <form
      aria-label="Reply"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="shrink-0 bg-surface-0 px-4 pb-4 max-[899px]:p-0"
    >
      <div className="rounded-md border border-line-strong bg-surface-1 has-[textarea:focus-visible]:border-accent has-[textarea:focus-visible]:outline-1 has-[textarea:focus-visible]:outline-accent max-[899px]:rounded-none max-[899px]:border-0 max-[899px]:border-t max-[899px]:border-line">
        <div className="flex min-h-9 items-center gap-3 ps-3 pe-1.5 pt-1.5 text-xs text-muted">
          {!view.open && <ReopenButton deeds={deeds} />}
          <span
            className="num inline-flex min-w-0 flex-1 items-center gap-1"
            title="WhatsApp allows free replies for 24 hours after the lead’s last message"
          >
            <Hourglass aria-hidden="true" strokeWidth={1.75} className="size-3 shrink-0" />
            <span className="truncate">Window open for {timeLeft(window.left)}</span>
          </span>
          {view.open && !yours && <TakeOverButton deeds={deeds} />}
        </div>
        <textarea
          lang={language}
          ref={box}
          id={composerId}
          rows={2}
          value={text}
          readOnly={!hydrated}
          dir="auto"
          aria-label="Message"
          aria-describedby={hintId}
          aria-invalid={tooLong || undefined}
          placeholder={`Write to ${nameWords(view.name)}`}
          onChange={(event) => {
            spareEnter.current = false;
            writeDraft(draft, event.target.value);
          }}
          onKeyDown={onKeyDown}
          className="block field-sizing-content max-h-48 min-h-14 w-full resize-none bg-transparent px-3 py-1 text-base text-strong outline-none placeholder:text-muted max-[899px]:text-lg"
        />
        <div className="flex items-center gap-3 ps-3 pe-1.5 pb-1.5">
          <p id={hintId} className="num flex min-w-0 flex-1 flex-wrap gap-x-3 text-xs text-muted">
            <span>{sendingWords(view)}</span>
            {length > nearEnd && (
              <span className={cx(tooLong && 'font-medium text-danger')}>
                {length.toLocaleString('en')} / {longest.toLocaleString('en')}
              </span>
            )}
            <span aria-live="polite" className="w-full font-medium text-danger empty:hidden">
              {tooLong &&
                `Too long for WhatsApp by ${(length - longest).toLocaleString('en')}: shorten it, or send it in parts.`}
            </span>
          </p>
          <Button
            type="submit"
            look="primary"
            icon={SendHorizontal}
            aria-describedby={tooLong ? hintId : undefined}
            title="Enter sends, Shift+Enter breaks the line"
            className="max-[899px]:h-11"
          >
            Send
          </Button>
        </div>
      </div>
    </form>
  );
}
