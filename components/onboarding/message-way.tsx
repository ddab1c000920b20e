'use client';
import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import type { Progress } from '#components/trpc/types.ts';
import { Time } from '#components/ui/time.tsx';
import { sinceTime } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';

/** What has become of the test message, as it happens. */
export function MessageWay({ progress: { received, answer } }: { progress: Progress }) {
  const { slug } = useMember();
  const isOut = answer !== null && gone.has(answer.status);
  return (
    <div role="status" className="rounded-md border border-line">
      <ol aria-label="Your message’s way" className="divide-y divide-line">
        <Line state={received ? 'done' : 'waiting'} at={received?.at}>
          {received ? 'Your message came in' : 'Waiting for your message'}
          {received && <Said>{received.text}</Said>}
        </Line>
        <Line
          state={answer?.status === 'failed' ? 'failed' : isOut ? 'done' : 'waiting'}
          at={isOut ? answer.at : undefined}
        >
          {answerWords(answer, received !== null)}
          {answer && <Said>{answer.text}</Said>}
          {answer?.failure && (
            <span className="mt-1 block text-sm text-danger">
              {answer.failure.title}. {answer.failure.remedy}
            </span>
          )}
        </Line>
        {received && (
          <li className="px-4 py-3 text-sm">
            <Link href={`/t/${slug}/inbox/${received.conversationId}`} className="text-accent-text underline">
              See it in the inbox
            </Link>
          </li>
        )}
      </ol>
    </div>
  );
}

const gone = new Set(['accepted', 'sent', 'delivered', 'read']);

function answerWords(answer: Progress['answer'], isReceived: boolean): string {
  if (!answer) return isReceived ? 'Waiting for the answer' : 'Then the answer';
  const who = answer.byBot ? 'The bot’s answer' : 'The answer';
  if (answer.status === 'failed') return `${who} did not go out`;
  return gone.has(answer.status) ? `${who} went out` : `${who} is on its way`;
}

const marks = {
  done: { icon: CircleCheck, tone: 'text-success' },
  waiting: { icon: CircleDashed, tone: 'text-muted' },
  failed: { icon: CircleAlert, tone: 'text-danger' },
} as const;

type LineProps = { state: keyof typeof marks; at: string | undefined; children: ReactNode };

function Line({ state, at, children }: LineProps) {
  const { timeZone } = useMember();
  const now = useNow(60_000);
  const { icon: Icon, tone } = marks[state];
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <Icon aria-hidden="true" strokeWidth={1.75} className={`mt-0.5 size-5 shrink-0 ${tone}`} />
      <div
        className={`min-w-0 flex-1 text-base ${state === 'waiting' ? 'text-muted' : 'font-medium text-strong'}`}
      >
        {children}
      </div>
      {at && (
        <Time
          at={at}
          timeZone={timeZone}
          words={sinceTime(new Date(at), now, timeZone)}
          className="num shrink-0 pt-0.5 text-sm text-muted"
        />
      )}
    </li>
  );
}

function Said({ children }: { children: string }) {
  return (
    <q dir="auto" className="mt-0.5 line-clamp-3 text-sm font-normal wrap-anywhere text-normal">
      {children}
    </q>
  );
}
