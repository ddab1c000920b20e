'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAdmin } from '#components/trpc/admin.tsx';
import { isRefusal, wordsOf } from '#components/trpc/errors.ts';
import { type QuotaName, quotas, quotaWords } from '#components/trpc/quota-words.ts';
import { AskReason } from '#components/ui/ask-reason.tsx';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Time } from '#components/ui/time.tsx';
import { clockTime, tableDate } from '#components/ui/time-words.ts';
import { timeZone } from './figures.tsx';
import { GrantDialog } from './grant-dialog.tsx';
import type { TenantView } from './tenant-page.tsx';
import { TierDialog } from './tier-dialog.tsx';

type Spending = TenantView['spending'];

/** What a tenant was sold, what was granted beside it, and what of it was spent. */
export function TenantQuotas({ tenant }: { tenant: TenantView }) {
  const { slug, spending, state } = tenant;
  const [asked, setAsked] = useState<'tier' | 'grant' | null>(null);
  const spent: Partial<Record<QuotaName, { now: number; before?: number }>> = {
    leads: { now: spending.leads },
    active_conversations: { now: spending.today.active, before: spending.yesterday.active },
    messages: { now: spending.today.outbound, before: spending.yesterday.outbound },
    members: { now: spending.members },
    channels: { now: spending.channels },
  };
  return (
    <section aria-labelledby="quotas" className="mt-6">
      <header className="flex flex-wrap items-center gap-2">
        <h2 id="quotas" className="flex-1 text-base font-semibold text-strong">
          Tier: {spending.quotas.tier ?? 'none, so it has no limits'}
        </h2>
        {state !== 'erasing' && (
          <>
            <Button onClick={() => setAsked('tier')} className="max-[899px]:h-11">
              Change tier
            </Button>
            <Button onClick={() => setAsked('grant')} className="max-[899px]:h-11">
              Grant
            </Button>
          </>
        )}
      </header>
      <div className="mt-2 rounded-md border border-line bg-surface-1">
        <table className="w-full text-sm">
          <thead>
            <tr className="h-9 border-b border-line text-xs text-muted">
              <th scope="col" className={`${cell} ps-5 text-start max-[899px]:ps-4`}>
                Quota
              </th>
              <th scope="col" className={figure}>
                May have
              </th>
              <th scope="col" className={figure}>
                Now
              </th>
              <th scope="col" className={`${figure} max-[899px]:hidden`}>
                Yesterday
              </th>
              <th scope="col" className={`${cell} pe-5 text-start max-[899px]:hidden`}>
                From
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {quotas.map(({ name, label, key }) => (
              <Row
                key={name}
                {...{ label, slug }}
                value={spending.quotas[key]}
                spent={spent[name]}
                grant={spending.grants.find(({ quota }) => quota === name)}
                hasTier={spending.tierId !== null}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className="num mt-2 px-5 text-xs text-muted max-[899px]:px-4">
        A day is the tenant’s own; the present one ends at{' '}
        {clockTime(new Date(spending.renewsAt), tenant.timeZone)} ({tenant.timeZone}).
      </p>
      <MetaCounts spending={spending} />
      {asked === 'tier' && <TierDialog tenant={tenant} onClose={() => setAsked(null)} />}
      {asked === 'grant' && <GrantDialog tenant={tenant} onClose={() => setAsked(null)} />}
    </section>
  );
}

/** What WhatsApp counts and limits by itself. */
function MetaCounts({ spending: { reach, charges, prices } }: { spending: Spending }) {
  const number = (count: number) => count.toLocaleString('en');
  const lines = [
    ...reach.map(
      ({ numbers, used, most }) =>
        `${numbers.join(', ')}: wrote first to ${number(used)}${most === null ? '' : ` of ${number(most)}`} people in 24 hours.`,
    ),
    ...charges.map(({ channel, free, paid, cost }) => {
      const counted = paid.map(({ category, count }) => `${number(count)} ${category.replaceAll('_', ' ')}`);
      const money =
        prices && cost !== null && paid.length > 0
          ? `, about ${cost.toLocaleString('en', { style: 'currency', currency: prices.currency })} by the prices that it entered`
          : '';
      return `${channel}: ${number(free)} free service messages this month${counted.length > 0 ? `, charged: ${counted.join(', ')}` : ''}${money}.`;
    }),
  ];
  if (lines.length === 0) return null;
  return (
    <div className="num mt-2 px-5 text-xs text-muted max-[899px]:px-4">
      <p>By WhatsApp’s own counts and limits:</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

const cell = 'px-3 py-2 font-medium';
const figure = 'num px-3 py-2 text-end font-medium';

type RowProps = {
  slug: string;
  label: string;
  value: number | null;
  spent: { now: number; before?: number } | undefined;
  grant: Spending['grants'][number] | undefined;
  hasTier: boolean;
};

function Row({ slug, label, value, spent, grant, hasTier }: RowProps) {
  const origin = grant ? <Granted slug={slug} grant={grant} /> : hasTier ? 'Tier' : '–';
  return (
    <tr className="h-11">
      <th scope="row" className={`${cell} ps-5 text-start text-strong max-[899px]:ps-4`}>
        {label}
        {grant && <span className="mt-1 block font-normal min-[900px]:hidden">{origin}</span>}
      </th>
      <td className={`${figure} text-strong`}>
        <span className="inline-block first-letter:uppercase">{quotaWords(value)}</span>
      </td>
      <td className={`${figure} font-normal`}>{spent && <Share part={spent.now} of={value} />}</td>
      <td className={`${figure} font-normal max-[899px]:hidden`}>
        {spent?.before !== undefined && <Share part={spent.before} of={value} />}
      </td>
      <td className="px-3 py-2 pe-5 text-muted max-[899px]:hidden">{origin}</td>
    </tr>
  );
}

function Share({ part, of }: { part: number; of: number | null }) {
  return (
    <>
      {part.toLocaleString('en')}
      {of !== null && of > 0 && (
        <span className="inline-block w-14 text-muted">{Math.round((part / of) * 100)}&nbsp;%</span>
      )}
    </>
  );
}

function Granted({ slug, grant }: { slug: string; grant: Spending['grants'][number] }) {
  const admin = useAdmin();
  const queryClient = useQueryClient();
  const revoke = useMutation(
    admin.revokeGrant.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: admin.pathKey() }),
    }),
  );
  const [why, setWhy] = useState('');
  const { quota, reason, createdBy, expiresAt } = grant;
  // Where the tier has more than the grant.
  const isOversold = isRefusal(revoke.error, 'oversold');
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="min-w-0 flex-1 text-normal wrap-anywhere">
        Granted by {createdBy}: {reason}
        {expiresAt && (
          <>
            {' '}
            · until{' '}
            <Time at={expiresAt} timeZone={timeZone} words={tableDate(new Date(expiresAt), timeZone)} />
          </>
        )}
      </span>
      <Button
        size="small"
        look="ghost"
        busy={revoke.isPending}
        aria-label={`${isOversold ? 'Take back all the same' : 'Take back'}: the grant of ${quotas.find(({ name }) => name === quota)?.label}`}
        disabled={isOversold && why.trim() === ''}
        onClick={() => revoke.mutate({ slug, quota, ...(isOversold && { why }) })}
      >
        {isOversold ? 'Take back all the same' : 'Take back'}
      </Button>
      {isOversold ? (
        <AskReason words={wordsOf(revoke.error)} reason={why} onReason={setWhy} />
      ) : (
        revoke.isError && (
          <Notice tone="danger" className="w-full">
            {wordsOf(revoke.error)}
          </Notice>
        )
      )}
    </span>
  );
}
