'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Smartphone } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { v7 } from 'uuid';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { Connecting } from '#components/trpc/types.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { phoneWords } from '#components/ui/phone-words.ts';
import { Line } from './check-line.tsx';

/** A bot that is on answers by itself; after so long the member's own reply goes out. Milliseconds. */
const patience = 6_000;

/** The last two of the ten: a code word comes in from a phone, and a reply goes out. */
export function FirstMessageLines({ number }: { number: Connecting }) {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const isConnected = number.channel !== null;
  const input = { tenant, id: number.id };
  const { data } = useQuery({
    ...trpc.connect.firstMessage.queryOptions(input),
    enabled: isConnected,
    refetchInterval: ({ state }) => (isDone(state.data?.reply?.status) ? false : 1_500),
  });
  const answer = useMutation(trpc.connect.answer.mutationOptions());
  const messageId = useRef<string>(undefined);
  const { mutate } = answer;
  const isHeard = data?.heard != null;
  const isAnswered = data?.reply != null;
  useEffect(() => {
    if (!isHeard || isAnswered) return;
    const timer = setTimeout(() => {
      messageId.current ??= v7();
      mutate({ tenant, id: number.id, messageId: messageId.current });
    }, patience);
    return () => clearTimeout(timer);
  }, [isHeard, isAnswered, mutate, tenant, number.id]);

  const reply = data?.reply;
  return (
    <>
      <Line
        look={isHeard ? 'passed' : isConnected ? 'running' : 'idle'}
        title="A message comes in"
        detail={
          data?.heard
            ? `From ${data.heard.from}`
            : isConnected
              ? ''
              : number.demo
                ? 'You will send a word from the simulated phone'
                : 'You will send a word from your own phone'
        }
      >
        {isConnected && data && !data.heard && (
          <div className="mt-2 text-sm text-normal">
            <p>
              {number.demo ? 'On the simulated phone write to' : 'Take a phone and write to'}{' '}
              <span className="num font-medium text-strong">{phoneWords(number.phone ?? '')}</span>
              {number.demo ? '' : ' on WhatsApp'}:
            </p>
            <p className="mt-2 inline-block rounded-md bg-surface-2 px-3 py-2 font-mono text-lg font-medium text-strong select-all">
              {data.word}
            </p>
            {number.demo && (
              <p className="mt-2">
                <a
                  href={`/phone?to=${encodeURIComponent(number.phoneNumberId)}`}
                  target="_blank"
                  rel="noreferrer"
                  className={buttonClass('primary', 'normal', 'max-[899px]:h-11')}
                >
                  <Smartphone aria-hidden="true" strokeWidth={1.75} className="size-4" />
                  Open the phone
                  <span className="sr-only"> (in a new tab)</span>
                </a>
              </p>
            )}
            {data.other && (
              <p className="mt-2 wrap-anywhere">
                Something else came in: “{data.other}”. Send the word to finish.
              </p>
            )}
          </div>
        )}
      </Line>
      <Line
        look={
          reply
            ? reply.status === 'failed'
              ? 'failed'
              : isDone(reply.status)
                ? 'passed'
                : 'running'
            : isHeard
              ? 'running'
              : 'idle'
        }
        title="A reply goes out"
        detail={
          reply
            ? reply.status === 'failed'
              ? 'WhatsApp refused it. The conversation in the inbox says why.'
              : `${reply.byBot ? 'The bot' : 'You'}: ${reply.text}`
            : answer.isError
              ? wordsOf(answer.error)
              : ''
        }
      />
    </>
  );
}

const isDone = (status: string | undefined) =>
  status === 'accepted' || status === 'sent' || status === 'delivered' || status === 'read';
