'use client';
import { ArrowRight, CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useMember } from '#components/trpc/provider.tsx';
import type { Progress } from '#components/trpc/types.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { phoneWords } from '#components/ui/phone-words.ts';
import { DemoNumber } from './demo-number.tsx';
import { NextLink } from './next-link.tsx';
import { StepPanel } from './step-panel.tsx';

/** A number of Meta's, or where that is simulated one that costs nothing. */
export function NumberStep({ progress: { number, demo } }: { progress: Progress }) {
  const { slug } = useMember();
  const connectPath = `/t/${slug}/channels/connect`;
  if (number)
    return (
      <StepPanel title="Connect a number" actions={<NextLink />}>
        <p className="flex items-start gap-2 text-base text-strong">
          <CircleCheck
            aria-hidden="true"
            strokeWidth={1.75}
            className="mt-0.5 size-5 shrink-0 text-success"
          />
          <span>
            <span className="num font-medium">{phoneWords(number.phone)}</span>{' '}
            <span className="text-normal">
              (<bdi>{number.name}</bdi>) is connected.
            </span>
          </span>
        </p>
        <p className="mt-3 text-sm text-normal">
          Its health and its settings are in{' '}
          <Link href={`/t/${slug}/channels`} className="text-accent-text underline">
            Channels
          </Link>
          , where you connect further numbers too.
        </p>
      </StepPanel>
    );
  if (demo) return <DemoNumber />;
  return (
    <StepPanel
      title="Connect a number"
      lead="People write to a WhatsApp number of your business. It must be one that is on no phone’s WhatsApp any more."
      actions={
        <Link href={connectPath} className={buttonClass('primary', 'normal', 'max-[899px]:h-11')}>
          Connect your number
          <ArrowRight aria-hidden="true" strokeWidth={1.75} className="size-4 rtl:-scale-x-100" />
        </Link>
      }
    >
      <h3 className="text-sm font-medium text-strong">What you need, and where it is at Meta</h3>
      <dl className="mt-2 divide-y divide-line rounded-md border border-line">
        {needs.map(({ what, where }) => (
          <div key={what} className="gap-x-4 px-4 py-2.5 text-sm min-[900px]:flex">
            <dt className="font-medium text-strong min-[900px]:w-56 min-[900px]:shrink-0">{what}</dt>
            <dd className="text-normal">{where}</dd>
          </div>
        ))}
      </dl>
    </StepPanel>
  );
}

const needs = [
  {
    what: 'Phone number ID and WhatsApp Business account ID',
    where: 'developers.facebook.com, My Apps, your app, WhatsApp, API Setup: below “From”.',
  },
  {
    what: 'App ID and app secret',
    where: 'In the same app under App settings, Basic. “Show” uncovers the secret.',
  },
  {
    what: 'A token that does not expire',
    where:
      'business.facebook.com, Settings, Users, System users: Generate token, your app, expiry “Never”, with whatsapp_business_messaging and whatsapp_business_management ticked.',
  },
  {
    what: 'A PIN of six digits',
    where:
      'The number’s two-step verification: WhatsApp Manager, Phone numbers, your number, Two-step verification. For a number without one you choose it now.',
  },
];
