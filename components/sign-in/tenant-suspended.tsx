'use client';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { leave } from '#components/trpc/leave.ts';
import type { Member } from '#components/trpc/types.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Time } from '#components/ui/time.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import { KeepBusiness } from './keep-business.tsx';
import { OwnData } from './own-data.tsx';
import { PublicFrame } from './public-frame.tsx';

type Closed = Exclude<Member['standing'], { state: 'active' }>;
type Props = { slug: string; name: string; timeZone: string; mayDelete: boolean; standing: Closed };

/** Asks again this often, in milliseconds: who waits here is let in without a reload. */
const askEvery = 10_000;

/** Why nothing of this tenant opens, since when, what happens meanwhile, and whom to ask; an owner can take their data along, delete it, or take a deletion back. */
export function TenantSuspended({ slug, name, timeZone, mayDelete, standing }: Props) {
  const { state, since, reason, ask, deleteAfter, byOwner } = standing;
  const router = useRouter();
  useEffect(() => {
    const asking = setInterval(() => router.refresh(), askEvery);
    return () => clearInterval(asking);
  }, [router]);
  return (
    <PublicFrame>
      <h1 className="mt-6 text-xl font-semibold wrap-anywhere text-strong">
        <bdi>{name}</bdi> {state === 'deleting' ? 'will be deleted' : 'is suspended'}
      </h1>
      <p className="mt-3 text-base text-normal">
        {state === 'deleting'
          ? `Until ${deleteAfter ? tableDate(new Date(deleteAfter), timeZone) : 'then'} it can be restored, with everything in it, and messages that people write are kept. After that all its conversations, people and files are gone for good.`
          : 'Messages that people write are kept, and shown once the tenant is resumed. The bot is silent, and nothing is sent.'}
      </p>
      <dl className="mt-5 divide-y divide-line rounded-md border border-line bg-surface-1 px-4 text-sm">
        {reason && <Fact label="Why">{reason}</Fact>}
        {since && (
          <Fact label={state === 'deleting' ? 'Asked for on' : 'Since'}>
            <Day at={since} timeZone={timeZone} />
          </Fact>
        )}
        {deleteAfter && (
          <Fact label="Deleted after">
            <Day at={deleteAfter} timeZone={timeZone} />
          </Fact>
        )}
        <Fact label={byOwner ? 'Asked for by' : 'Ask'}>
          {ask ? (
            <a href={`mailto:${ask}`} className="text-accent-text underline underline-offset-2">
              {ask}
            </a>
          ) : (
            'whoever runs this installation'
          )}
        </Fact>
      </dl>
      {byOwner &&
        (mayDelete ? (
          <KeepBusiness slug={slug} />
        ) : (
          <p className="mt-4 text-sm text-normal">An owner can take this back until then.</p>
        ))}
      {state === 'suspended' && mayDelete && <OwnData {...{ slug, name }} />}
      <p className="mt-5 flex flex-wrap gap-2">
        <a href="/home" className={buttonClass('secondary', 'normal', 'max-[899px]:h-11')}>
          Your businesses
        </a>
        <Button look="ghost" className="max-[899px]:h-11" onClick={() => void leave()}>
          Sign out
        </Button>
      </p>
    </PublicFrame>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex gap-3 py-2.5">
      <dt className="w-28 shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 flex-1 wrap-anywhere text-strong">{children}</dd>
    </div>
  );
}

const Day = ({ at, timeZone }: { at: string; timeZone: string }) => (
  <Time at={at} timeZone={timeZone} words={tableDate(new Date(at), timeZone)} />
);
