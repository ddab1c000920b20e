'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNews } from '#components/trpc/live.tsx';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { clockTime, zoneWords } from '#components/ui/time-words.ts';
import { AskForMore } from './ask-for-more.tsx';
import { Charges } from './charges.tsx';
import { Meter } from './meter.tsx';
import { UsageDays } from './usage-days.tsx';

/** What the business may spend, what it has spent, what happens at the end of it, and how to get more. */
export function Usage() {
  const { slug, timeZone, may } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const options = trpc.tenants.usage.queryOptions({ tenant: slug }, { staleTime: 5_000 });
  const { data: usage } = useQuery({ ...options, refetchInterval: 30_000 });
  // Not with every message: what is counted here are all of a tenant's leads, too.
  useNews(({ conversations }) => {
    if (conversations === null) void queryClient.invalidateQueries({ queryKey: options.queryKey });
  });
  if (!usage) return null;
  const { quotas, today, held, days } = usage;
  const renews = clockTime(new Date(usage.renewsAt), timeZone);
  return (
    <section
      id="usage"
      aria-labelledby="usage-title"
      className="mt-5 max-w-2xl scroll-mt-5 rounded-md border border-line bg-surface-1 p-5"
    >
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="usage-title" className="text-base font-semibold text-strong">
          Usage
        </h2>
        <span className="text-sm text-muted">{quotas.tier ? `Tier ${quotas.tier}` : 'No quotas'}</span>
      </div>
      <dl className="mt-4 grid gap-x-8 gap-y-4 min-[600px]:grid-cols-2">
        <Meter label="Messages sent today" used={today.outbound} most={quotas.messages} />
        <Meter
          label="Active conversations today"
          used={today.active}
          most={quotas.activeConversations}
          isSoft
        />
        <Meter label="Leads" used={usage.leads} most={quotas.leads} />
        <Meter label="Members, with invitations" used={usage.members} most={quotas.members} />
        <Meter label="Numbers" used={usage.channels} most={quotas.channels} />
        {usage.reach.map(({ numbers, used, most }) => (
          <Meter
            key={numbers.join()}
            label={
              usage.reach.length === 1
                ? 'Written to first in 24 hours'
                : `Written to first in 24 hours by ${numbers.join(', ')}`
            }
            {...{ used, most }}
          />
        ))}
      </dl>
      {usage.reach.length > 0 && (
        <p className="mt-4 text-sm text-normal">
          To how many people a business may write first is WhatsApp’s own limit
          {usage.reach.some(({ most }) => most !== null)
            ? '; all numbers of one Meta business share it.'
            : ', which is not known here yet; all numbers of one Meta business share it.'}
        </p>
      )}
      {quotas.messages !== null && (
        <p className="num mt-4 text-sm text-normal">
          The day’s messages renew at {renews} ({zoneWords(timeZone)}). When they are used up, what people
          write still comes in; the bot’s replies are held and go out when the quota renews, if nobody has
          answered by then{graceWords(quotas.grace)}.
        </p>
      )}
      {held > 0 && (
        <p role="status" className="num mt-2 text-sm font-medium text-strong">
          {held.toLocaleString('en')} {held === 1 ? 'reply is' : 'replies are'} held at the moment.
        </p>
      )}
      <Charges charges={usage.charges} prices={usage.prices} />
      <UsageDays days={days} quota={quotas.messages} today={today.day} />
      {may.includes('tenant.edit') && quotas.tier !== null && (
        <Button className="mt-4 max-[899px]:h-11" onClick={() => setAsking(true)}>
          Ask for more…
        </Button>
      )}
      {asking && <AskForMore onClose={() => setAsking(false)} />}
    </section>
  );
}

const graceWords = (grace: number) =>
  grace > 0 ? `; members can go ${grace}\u00a0% beyond` : '; members cannot send until then either';
