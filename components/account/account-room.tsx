'use client';
import { SignedInProvider } from '#components/trpc/provider.tsx';
import type { Account, Device } from '#components/trpc/types.ts';
import { Brand } from '#components/ui/brand.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Devices } from './devices.tsx';
import { EmailPart } from './email-part.tsx';
import { NamePart } from './name-part.tsx';
import { PasswordPart } from './password-part.tsx';
import { SecondFactorPart } from './second-factor-part.tsx';
import { useAccount } from './use-account.ts';

type Props = { account: Account; devices: Device[] };

/** What belongs to a person, whatever tenants they are in. */
export function AccountRoom(props: Props) {
  return (
    <SignedInProvider>
      <main className="min-h-dvh bg-surface-0 px-4">
        <div className="mx-auto max-w-[640px] pt-6 pb-12">
          <div className="flex items-center gap-4">
            <div className="flex-1">
              <Brand />
            </div>
            {/* Another room is another document. */}
            <a
              href="/home"
              className="inline-flex items-center text-sm text-accent-text hover:underline max-[899px]:min-h-11"
            >
              Back to your businesses
            </a>
          </div>
          <h1 className="mt-6 text-xl font-semibold text-strong">Your account</h1>
          <Parts {...props} />
        </div>
      </main>
    </SignedInProvider>
  );
}

function Parts({ account: initial, devices }: Props) {
  const account = useAccount(initial);
  const { secondFactor } = account;
  return (
    <>
      {secondFactor.isDemanded && !secondFactor.since && (
        <Notice tone="neutral" className="mt-4">
          A superadmin signs in with two factors. Set up the second one here; then the superadmin’s rooms
          open.
        </Notice>
      )}
      <NamePart account={account} />
      <EmailPart account={account} />
      <PasswordPart account={account} />
      <SecondFactorPart account={account} />
      <Devices initial={devices} />
    </>
  );
}
