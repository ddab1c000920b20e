'use client';
import { useMutation } from '@tanstack/react-query';
import { v7 as uuidv7 } from 'uuid';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { ConversationView, FailureView, MessageItem } from '#components/trpc/types.ts';
import { useToday } from '#components/trpc/use-today.ts';
import { clockTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { failureWords } from './failure-words.ts';
import { inTurn } from './in-turn.ts';
import { linkLook } from './link-look.ts';
import { mayWrite } from './message-window.ts';
import { useRefresher } from './refresher-context.ts';
import { showMessage } from './show-message.ts';

/** Below a bubble that did not arrive, or may not have: what happened, and what to do. Nothing below the others. */
export function BubbleTrouble({ item, view }: { item: MessageItem; view: ConversationView }) {
  if (item.status === 'failed') {
    const failure = item.failure ?? {
      title: 'Not sent',
      remedy: 'Send it again.',
      code: null,
      details: null,
    };
    return (
      <div className="mt-1 flex max-w-[78%] flex-col items-end text-xs">
        <p className="text-danger">{failureWords(failure)}</p>
        <div className="mt-1 flex flex-wrap justify-end gap-x-3 font-medium">
          <SendAgain item={item} view={view} />
          <FailureDetails failure={failure} />
        </div>
      </div>
    );
  }
  if (item.held) {
    return (
      <p className="mt-1 max-w-[78%] text-end text-xs text-warning">
        <HeldWords />
      </p>
    );
  }
  if (item.status === 'unknown') {
    return (
      <div className="mt-1 flex max-w-[78%] flex-col items-end text-end text-xs">
        <p className="text-warning">WhatsApp did not confirm this message. It may or may not have arrived.</p>
        <div className="mt-1 font-medium">
          <SendAgain item={item} view={view} />
        </div>
      </div>
    );
  }
  return null;
}

/** Why it waits, and until when. */
function HeldWords() {
  const { timeZone } = useMember();
  const today = useToday();
  if (today === null || today.used < today.quota)
    return 'Held until the quota of messages allowed it. It goes out within seconds.';
  const renews = clockTime(new Date(today.renewsAt), timeZone);
  return `Held: the quota of messages a day is used up. It goes out at ${renews}, if nobody has answered by then.`;
}

/** Only where it can work: the window is open and no colleague answers. A repeated click is the same message. */
function SendAgain({ item, view }: { item: MessageItem; view: ConversationView }) {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const refresher = useRefresher();
  const now = useNow();
  const again = useMutation(
    trpc.inbox.sendAgain.mutationOptions({
      scope: inTurn(view.id),
      onSettled: () => refresher.hear({ conversations: [view.id] }),
    }),
  );
  const copy = item.sentAgainAs ?? (again.isSuccess ? again.variables.id : null);
  if (copy !== null)
    return (
      <button type="button" onClick={() => showMessage(copy)} className={linkLook}>
        Sent again, below
      </button>
    );
  if (again.isError) return <span className="text-danger">{wordsOf(again.error)}</span>;
  if (!mayWrite(view, now)) return null;
  return (
    <button
      type="button"
      aria-disabled={again.isPending || undefined}
      onClick={() => {
        if (!again.isPending) again.mutate({ tenant, messageId: item.id, id: uuidv7() });
      }}
      className={linkLook}
    >
      Send again
    </button>
  );
}

function FailureDetails({ failure: { code, details } }: { failure: FailureView }) {
  if (code === null && !details) return null;
  return (
    <details className="text-end">
      <summary className={linkLook}>Details</summary>
      <p className="num mt-1 font-normal text-normal">
        {details}
        {code !== null && ` (WhatsApp’s code ${code})`}
      </p>
    </details>
  );
}
