'use client';
import { useState } from 'react';
import type { Account } from '#components/trpc/types.ts';
import { Button } from '#components/ui/button.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { Time } from '#components/ui/time.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import { useTimeZone } from '#components/ui/use-time-zone.ts';
import { Part } from './part.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { RenewCodes } from './renew-codes.tsx';
import { SetUpSecondFactor } from './set-up-second-factor.tsx';
import { TurnOffSecondFactor } from './turn-off-second-factor.tsx';
import { useRefreshAccount } from './use-account.ts';

type Doing = 'set-up' | 'renew' | 'turn-off';

/** A code from an authenticator app beside the password: on or off, and the recovery codes that stand in for it. */
export function SecondFactorPart({ account }: { account: Account }) {
  const { since, codesLeft } = account.secondFactor;
  const [doing, setDoing] = useState<Doing | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const timeZone = useTimeZone();
  const refresh = useRefreshAccount();
  const stop = () => setDoing(null);
  const show = (made: string[]) => {
    setCodes(made);
    stop();
    void refresh();
  };
  return (
    <Part
      title="Two-factor sign-in"
      tag={since ? <Tag tone="success">On</Tag> : <Tag>Off</Tag>}
      lead={
        since ? (
          <>
            Signing in takes a code from your authenticator app, since{' '}
            <Time at={since} timeZone={timeZone} words={tableDate(new Date(since), timeZone)} />. {codesLeft}{' '}
            of your recovery codes are left.
          </>
        ) : (
          'A code from an app on your phone beside the password: whoever finds out the password alone stays outside.'
        )
      }
    >
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />}
      {doing === 'set-up' && <SetUpSecondFactor onDone={show} onCancel={stop} />}
      {doing === 'renew' && <RenewCodes onDone={show} onCancel={stop} />}
      {doing === 'turn-off' && <TurnOffSecondFactor onDone={stop} onCancel={stop} />}
      {!doing && !codes && (
        <div className="mt-4 flex flex-wrap gap-2">
          {since ? (
            <>
              <Button className="max-[899px]:h-11" onClick={() => setDoing('renew')}>
                New recovery codes
              </Button>
              <Button look="danger" className="max-[899px]:h-11" onClick={() => setDoing('turn-off')}>
                Turn off
              </Button>
            </>
          ) : (
            <Button look="primary" className="max-[899px]:h-11" onClick={() => setDoing('set-up')}>
              Set up
            </Button>
          )}
        </div>
      )}
    </Part>
  );
}
