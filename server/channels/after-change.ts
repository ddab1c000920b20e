import type { TenantTx } from '#server/db/with-tenant.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { forgetChannels } from './find-channel.ts';

/** What follows every change of a channel, last in its transaction: it is looked after, and everybody sees it. */
export async function afterChange(tx: TenantTx, channelId: string): Promise<void> {
  await enqueue(tx, 'watch-channel', [{ tenantId: tx.tenantId, channelId }]);
  await publishEverything(tx);
  // Before the commit somebody may read the old one once more; it is read again a second later where it does not fit.
  forgetChannels();
}
