'use client';
import { type ReactNode, useId } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView } from '#components/trpc/types.ts';
import { phoneWords } from '#components/ui/phone-words.ts';
import { Time } from '#components/ui/time.tsx';
import { clockTime, sinceTime, zoneWords } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';

/** What is known of the lead; what is not known is not listed. */
export function LeadFacts({ view: { lead, channelName } }: { view: ConversationView }) {
  const { timeZone } = useMember();
  const now = useNow(60_000);
  return (
    <>
      <Facts>
        {lead.name && <Fact label="Name">{lead.name}</Fact>}
        {lead.phone && <Fact label="Phone">{phoneWords(lead.phone)}</Fact>}
        {lead.username && <Fact label="Username">@{lead.username}</Fact>}
        {lead.profileName && <Fact label="On WhatsApp">{lead.profileName}</Fact>}
        {lead.firstWroteAt && (
          <Fact label="First wrote">
            <Time
              at={lead.firstWroteAt}
              timeZone={timeZone}
              words={sinceTime(new Date(lead.firstWroteAt), now, timeZone)}
            />
          </Fact>
        )}
        <Fact label="Channel">{channelName}</Fact>
        <Fact label="Time here">
          {clockTime(now, timeZone)} ({zoneWords(timeZone)})
        </Fact>
      </Facts>
      {lead.answers.length > 0 && (
        <Section title="Told the bot">
          <Facts>
            {lead.answers.map(({ label, value }) => (
              <Fact key={label} label={label}>
                {value}
              </Fact>
            ))}
          </Facts>
        </Section>
      )}
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-4 -mx-4 border-t border-line px-4 pt-4">
      <h3 id={id} className="mb-2.5 text-sm font-semibold text-strong">
        {title}
      </h3>
      {children}
    </section>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[96px_1fr] gap-x-3 gap-y-2 text-sm">{children}</dl>;
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted wrap-anywhere">
        <bdi>{label}</bdi>
      </dt>
      <dd className="num min-w-0 text-strong wrap-anywhere">
        <bdi>{children}</bdi>
      </dd>
    </>
  );
}
