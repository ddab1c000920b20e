'use client';
import { Smartphone } from 'lucide-react';
import { useMember } from '#components/trpc/provider.tsx';
import type { Progress } from '#components/trpc/types.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { phoneWords } from '#components/ui/phone-words.ts';
import { QrCode } from '#components/ui/qr-code.tsx';
import { ShallowLink } from '#components/ui/shallow-link.tsx';
import { MessageWay } from './message-way.tsx';
import { NextLink } from './next-link.tsx';
import { StepPanel } from './step-panel.tsx';

/** Somebody writes to the number, and one sees it come in and be answered. */
export function TestStep({ progress }: { progress: Progress }) {
  const { slug } = useMember();
  const { number, demo, steps, answer } = progress;
  const isDone = steps.some(({ id, state }) => id === 'test' && state === 'done');
  if (!number)
    return (
      <StepPanel
        title="Send a test message"
        lead="There is no number to write to yet."
        actions={
          <ShallowLink
            href={`/t/${slug}/onboarding?step=number`}
            className={buttonClass('primary', 'normal', 'max-[899px]:h-11')}
          >
            Connect a number first
          </ShallowLink>
        }
      />
    );
  return (
    <StepPanel
      title="Send a test message"
      lead={
        demo
          ? 'Write to your number as one of your customers would. The simulated phone opens in a tab of its own; this page shows here what becomes of your message.'
          : 'Write to your number from a phone with WhatsApp, as one of your customers would. This page shows here what becomes of your message.'
      }
      actions={isDone && <NextLink />}
    >
      {demo ? <DemoPhone to={number.phoneNumberId} /> : <RealPhone phone={number.phone} />}
      {!number.botOn && !answer && (
        <Notice tone="neutral" className="mt-4">
          The bot is not switched on at this number, so nobody answers by themselves.{' '}
          <ShallowLink href={`/t/${slug}/onboarding?step=script`} className="text-accent-text underline">
            Choose a script
          </ShallowLink>{' '}
          first, or answer from the inbox.
        </Notice>
      )}
      <div className="mt-5">
        <MessageWay progress={progress} />
      </div>
    </StepPanel>
  );
}

function DemoPhone({ to }: { to: string }) {
  return (
    <a
      href={`/phone?to=${encodeURIComponent(to)}`}
      target="_blank"
      rel="noreferrer"
      className={buttonClass('primary', 'normal', 'max-[899px]:h-11')}
    >
      <Smartphone aria-hidden="true" strokeWidth={1.75} className="size-4" />
      Open the phone
      <span className="sr-only"> (in a new tab)</span>
    </a>
  );
}

function RealPhone({ phone }: { phone: string }) {
  const address = `https://wa.me/${phone}?text=Hello`;
  return (
    <div className="flex flex-wrap items-center gap-5">
      <QrCode value={address} label={`The chat with ${phoneWords(phone)} as a QR code`} />
      <p className="max-w-[40ch] min-w-0 flex-1 basis-60 text-base text-strong">
        Point your phone’s camera here, or write “Hello” to{' '}
        <span className="num font-medium whitespace-nowrap">{phoneWords(phone)}</span>. On a device with
        WhatsApp this link opens the chat:{' '}
        <a
          href={address}
          target="_blank"
          rel="noreferrer"
          className="text-accent-text underline wrap-anywhere"
        >
          wa.me/{phone}
        </a>
      </p>
    </div>
  );
}
