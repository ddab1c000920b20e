import type { TenantTx } from '#server/db/with-tenant.ts';
import { env } from '#server/env.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { Refusal } from '#server/refusal.ts';
import { type ChannelView, shownOfChannel, viewOfChannel } from './list-channels.ts';

export type ChannelDetails = ChannelView & {
  /** What only who may change the channel needs; null for the others. */
  keys: {
    phoneNumberId: string;
    wabaId: string;
    appId: string | null;
    webhookUrl: string;
    /** Until when the former ones are taken as well (ISO); null: they are not. */
    formerSecretUntil: string | null;
    formerVerifyTokenUntil: string | null;
  } | null;
  /** Of a disconnected one: why Meta still brings messages, and what to do; null when it was told. */
  unsubscribeProblem: string | null;
};

// Whoever looks at the page wants to know how it is now. Milliseconds.
const freshFor = 25_000;

/** One channel. Looking at it makes a job that looks after it, where nobody did for half a minute. */
export async function readChannel(tx: TenantTx, key: string, mayChange: boolean): Promise<ChannelDetails> {
  const row = await tx.db.channel.findFirst({
    where: { tenantId: tx.tenantId, key },
    select: {
      ...shownOfChannel,
      ...{ id: true, phoneNumberId: true, wabaId: true, appId: true },
      ...{ appSecretBeforeUntil: true, verifyTokenBeforeUntil: true, unsubscribeProblem: true },
    },
  });
  if (!row) throw new Refusal('not-found', 'no-channel', 'Not found.');
  const now = Date.now();
  const isOld = now - (row.health?.checkedAt?.getTime() ?? 0) > freshFor;
  if (isOld && row.disconnectedAt === null)
    await enqueue(tx, 'watch-channel', [{ tenantId: tx.tenantId, channelId: row.id }]);
  const isOpen = (until: Date | null) => (until && until.getTime() > now ? until.toISOString() : null);
  const { phoneNumberId, wabaId, appId } = row;
  const view = viewOfChannel(row);
  return {
    ...view,
    unsubscribeProblem: row.unsubscribeProblem,
    keys: mayChange
      ? {
          ...{ phoneNumberId, wabaId, appId: view.ownApp ? appId : (env().META_APP_ID ?? null) },
          webhookUrl: webhookUrl(view.ownApp ? key : null),
          formerSecretUntil: isOpen(row.appSecretBeforeUntil),
          formerVerifyTokenUntil: isOpen(row.verifyTokenBeforeUntil),
        }
      : null,
  };
}

/** Where Meta sends webhooks: the platform's address, or that of a channel with an app of its own. */
export const webhookUrl = (key: string | null) =>
  `${env().APP_URL}/api/webhooks/whatsapp${key === null ? '' : `/${key}`}`;
