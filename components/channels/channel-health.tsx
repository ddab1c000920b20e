'use client';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { sinceTime, tableDate } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { AskHeads } from './ask-heads.tsx';
import { agoWords, lastingWords, limitWords, qualityWords } from './channel-words.ts';
import { type Channel, useChannelDeeds } from './channels.ts';

/** What broke, since when, and what to do; then the facts. */
export function ChannelHealth({ channel }: { channel: Channel }) {
  const { timeZone } = useMember();
  const now = useNow();
  const { health } = channel;
  const expires = health.tokenExpiresAt;
  const facts: [string, string][] = [
    ['At Meta', statusWords(health.numberStatus)],
    ['Quality', qualityWords(health.quality)],
    ['Limit', limitWords(health.messagingLimit)],
    [
      'Access token',
      expires ? `Until ${tableDate(new Date(expires), timeZone)}` : lastingWords(health.state),
    ],
    ['Last webhook', agoWords(health.lastWebhookAt, now)],
    ['Last checked', agoWords(health.checkedAt, now)],
  ];
  return (
    <section aria-label="Health" className="rounded-md border border-line bg-surface-1 p-5">
      <h2 className="text-base font-semibold text-strong">Health</h2>
      {channel.disconnectedAt === null && <Trouble channel={channel} />}
      <dl className="num mt-3 grid grid-cols-2 gap-x-4 gap-y-3 text-sm min-[900px]:grid-cols-3">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt className="text-xs text-muted">{label}</dt>
            <dd className="text-strong">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Trouble({ channel: { key, health } }: { channel: Channel }) {
  const { slug, timeZone, may } = useMember();
  const now = useNow();
  const { subscribeAgain } = useChannelDeeds();
  const { problem, since, state } = health;
  if (!problem) {
    if (state === 'unknown')
      return <p className="mt-1 text-sm text-normal">Being checked for the first time.</p>;
    return <p className="mt-1 text-sm text-normal">Messages come in and go out. There is nothing to do.</p>;
  }
  return (
    <Notice tone={state === 'broken' ? 'danger' : 'neutral'} className="mt-3">
      <p className="font-semibold">{problem.title}.</p>
      {since && <p className="num mt-0.5 text-normal">Since {sinceTime(new Date(since), now, timeZone)}.</p>}
      <p className="mt-1">{problem.remedy}</p>
      {!may.includes('channels.rotate') && (
        <p className="mt-1">
          An owner or an admin can mend this here. <AskHeads />
        </p>
      )}
      {problem.details && <p className="mt-1 wrap-anywhere text-normal">Meta says: {problem.details}</p>}
      {(problem.name === 'not-subscribed' || problem.name === 'account-elsewhere') &&
        may.includes('channels.rotate') && (
          <div className="mt-2">
            <Button
              busy={subscribeAgain.isPending}
              className="max-[899px]:h-11"
              onClick={() => subscribeAgain.mutate({ tenant: slug, key })}
            >
              Subscribe again
            </Button>
            {subscribeAgain.isError && <p className="mt-1">{wordsOf(subscribeAgain.error)}</p>}
          </div>
        )}
    </Notice>
  );
}

const statusWords = (status: string | null) =>
  status === null
    ? 'Not known yet'
    : `${status.charAt(0)}${status.slice(1).toLowerCase().replaceAll('_', ' ')}`;
